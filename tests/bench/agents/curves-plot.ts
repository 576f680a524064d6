// Learning curves of all agents as one SVG of small panels: every seed with its interval, their mean, and the target.
import type { Row } from './report.ts';

const COLUMNS = 3;
const WIDTH = 300;
const HEIGHT = 210;
const LEFT = 48;
const RIGHT = 14;
const TOP = 30;
const BOTTOM = 30;
const COLOURS = ['#4477aa', '#228833', '#ee6677', '#ccbb44', '#aa3377']; // Tol's bright scheme

type Point = readonly [step: number, value: number];

function panel(row: Row, left: number, top: number): string[] {
  const { template, trained, target } = row;
  const values = trained.flatMap(({ curve }) => curve.flatMap(({ low, high }) => [low, high]));
  const low = Math.min(...values, target ?? Infinity);
  const high = Math.max(...values, target ?? -Infinity);
  const span = high > low ? high - low : 1;
  const x = (step: number): string => (left + LEFT + (step / template.totalSteps) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string => (top + TOP + ((high - value) / span) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const at = (points: readonly Point[]): string => points.map(([step, value]) => `${x(step)},${y(value)}`).join(' ');
  const line = (points: readonly Point[], style: string): string =>
    `<polyline fill="none" ${style} points="${at(points)}"/>`;
  const across = (value: number): Point[] => [
    [0, value],
    [template.totalSteps, value],
  ];
  const shared = trained[0]!.curve.filter((_, i) => trained.every(({ curve }) => i < curve.length));
  const mean = shared.map(({ step }, i): Point => {
    return [step, trained.reduce((sum, { curve }) => sum + curve[i]!.mean, 0) / trained.length];
  });
  return [
    `<text x="${left + LEFT}" y="${top + 18}" font-weight="bold">${template.algorithm.toUpperCase()} on ${template.environment}</text>`,
    ...[low, (low + high) / 2, high].flatMap((value) => [
      line(across(value), 'stroke="#ddd"'),
      `<text x="${left + LEFT - 6}" y="${y(value)}" dy="4" text-anchor="end">${value.toFixed(0)}</text>`,
    ]),
    `<text x="${x(template.totalSteps)}" y="${top + HEIGHT - 12}" text-anchor="end">${template.totalSteps.toLocaleString('en')} steps</text>`,
    ...trained.flatMap(({ curve }, i) => {
      const colour = COLOURS[i % COLOURS.length]!;
      const upper = curve.map(({ step, high: value }): Point => [step, value]);
      const lower = curve.map(({ step, low: value }): Point => [step, value]);
      const middle = curve.map(({ step, mean: value }): Point => [step, value]);
      return [
        `<polygon fill="${colour}" fill-opacity="0.15" points="${at([...upper, ...lower.reverse()])}"/>`,
        line(middle, `stroke="${colour}" stroke-opacity="0.7"`),
      ];
    }),
    ...(target === null ? [] : [line(across(target), 'stroke="#888" stroke-dasharray="4 4"')]),
    line(mean, 'stroke="#000" stroke-width="2"'),
  ];
}

export function plotCurves(rows: readonly Row[]): string {
  const height = Math.ceil(rows.length / COLUMNS) * HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${COLUMNS * WIDTH} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${COLUMNS * WIDTH}" height="${height}" fill="#fff"/>`,
    ...rows.flatMap((row, i) => panel(row, (i % COLUMNS) * WIDTH, Math.floor(i / COLUMNS) * HEIGHT)),
    '</svg>\n',
  ].join('\n');
}
