// Learning curves as an SVG: one thin line per seed, a thick one for their mean.
export interface LearningCurves {
  readonly title: string;
  readonly yLabel: string;
  readonly xMax: number;
  readonly yMax: number;
  /** Dashed. */
  readonly threshold: number;
  /** The curves are measured at the same steps. */
  readonly curves: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 96;
const TOP = 44;
const BOTTOM = 52;
const COLOURS = ['#4477aa', '#66ccee', '#228833', '#ccbb44', '#ee6677', '#aa3377']; // Tol's bright scheme
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

export function plotLearningCurves({ title, yLabel, xMax, yMax, threshold, curves }: LearningCurves): string {
  const x = (step: number): string => (LEFT + (step / xMax) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string => (HEIGHT - BOTTOM - (value / yMax) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const line = (points: readonly (readonly [number, number])[], style: string): string =>
    `<polyline fill="none" ${style} points="${points.map(([step, value]) => `${x(step)},${y(value)}`).join(' ')}"/>`;
  const text = (at: string, content: string): string => `<text ${at}>${content}</text>`;

  const mean = curves[0]!.points.map(([step], i): [number, number] => {
    return [step, curves.reduce((sum, { points }) => sum + points[i]![1], 0) / curves.length];
  });
  const grid = TICKS.flatMap((share) => [
    line([[0, share * yMax], [xMax, share * yMax]], 'stroke="#ddd"'), // prettier-ignore
    text(`x="${LEFT - 8}" y="${y(share * yMax)}" dy="4" text-anchor="end"`, `${share * yMax}`),
    text(
      `x="${x(share * xMax)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"`,
      (share * xMax).toLocaleString('en'),
    ),
  ]);
  const legend = [...curves.map(({ name }) => name), 'mean'].map((name, i) => {
    const colour = COLOURS[i] ?? '#000';
    return text(
      `x="${WIDTH - RIGHT + 14}" y="${TOP + 12 + 20 * i}" fill="${i < curves.length ? colour : '#000'}"`,
      name,
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(`x="${LEFT}" y="24" font-size="15" font-weight="bold"`, title),
    ...grid,
    line([[0, threshold], [xMax, threshold]], 'stroke="#888" stroke-dasharray="4 4"'), // prettier-ignore
    ...curves.map(({ points }, i) => line(points, `stroke="${COLOURS[i] ?? '#000'}" stroke-opacity="0.7"`)),
    line(mean, 'stroke="#000" stroke-width="2.5"'),
    ...legend,
    text(`x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle"`, 'environment steps'),
    text(`transform="translate(16 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle"`, yLabel),
    '</svg>\n',
  ].join('\n');
}
