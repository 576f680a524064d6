// Two panels with logarithmic axes as one SVG: update time by width, and by density.
import type { Curve, Scaling } from './scaling.ts';

const PANEL = { width: 420, height: 360, left: 64, right: 16, top: 64, bottom: 52 };
const COLOURS = ['#ee6677', '#4477aa', '#228833']; // Tol's bright scheme: PyTorch, ours, ours sparse

type Point = readonly [number, number];

const text = (attributes: string, content: string): string => `<text ${attributes}>${content}</text>`;

/** Powers of ten and twice and five times them, around the values. */
function logarithmicTicks(low: number, high: number): number[] {
  const candidates = [-1, 0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power));
  const from = candidates.findLast((tick) => tick <= low) ?? candidates[0]!;
  const to = candidates.find((tick) => tick >= high) ?? candidates.at(-1)!;
  return candidates.filter((tick) => tick >= from && tick <= to);
}

interface PanelOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly xTicks: readonly number[];
  readonly curves: readonly Curve[];
}

function panel({ title, xLabel, xTicks, curves }: PanelOptions, offset: number): string[] {
  const { width, height, left, right, top, bottom } = PANEL;
  const times = curves.flatMap(({ points }) => points.map(([, time]) => time));
  const yTicks = logarithmicTicks(Math.min(...times), Math.max(...times));
  const share = (value: number, ticks: readonly number[]): number =>
    Math.log(value / ticks[0]!) / Math.log(ticks.at(-1)! / ticks[0]!);
  const x = (value: number): string => (left + share(value, xTicks) * (width - left - right)).toFixed(1);
  const y = (value: number): string => (height - bottom - share(value, yTicks) * (height - top - bottom)).toFixed(1);
  const line = (points: readonly Point[], style: string): string =>
    `<polyline fill="none" ${style} points="${points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}"/>`;
  const [firstX, lastX] = [xTicks[0]!, xTicks.at(-1)!];
  return [
    `<g transform="translate(${offset} 0)">`,
    text(`x="${left}" y="24" font-size="14" font-weight="bold"`, title),
    ...yTicks.flatMap((tick) => [
      line([[firstX, tick], [lastX, tick]], 'stroke="#ddd"'), // prettier-ignore
      text(`x="${left - 8}" y="${y(tick)}" dy="4" text-anchor="end"`, tick.toLocaleString('en')),
    ]),
    ...xTicks.map((tick) => text(`x="${x(tick)}" y="${height - bottom + 18}" text-anchor="middle"`, String(tick))),
    ...curves.flatMap(({ name, points }, i) => [
      line(points, `stroke="${COLOURS[i]!}" stroke-width="2"`),
      ...points.map(([px, py]) => `<circle cx="${x(px)}" cy="${y(py)}" r="3" fill="${COLOURS[i]!}"/>`),
      text(`x="${left + 110 * i}" y="46" fill="${COLOURS[i]!}"`, name),
    ]),
    text(`x="${(left + width - right) / 2}" y="${height - 12}" text-anchor="middle"`, xLabel),
    text(`transform="translate(14 ${height / 2}) rotate(-90)" text-anchor="middle"`, 'µs per update'),
    '</g>',
  ];
}

export function plotScaling({ width, density }: Scaling): string {
  const ticksOf = (curves: readonly Curve[]): number[] => curves[0]!.points.map(([at]) => at);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * PANEL.width} ${PANEL.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${2 * PANEL.width}" height="${PANEL.height}" fill="#fff"/>`,
    ...panel(
      {
        title: 'DQN update, two hidden layers, batch 128',
        xLabel: 'units of a hidden layer',
        xTicks: ticksOf(width),
        curves: width,
      },
      0,
    ),
    ...panel(
      {
        title: 'DQN update, 512-512, batch 128',
        xLabel: '% of the weights that live',
        xTicks: ticksOf(density).toReversed(),
        curves: density,
      },
      PANEL.width,
    ),
    '</svg>\n',
  ].join('\n');
}
