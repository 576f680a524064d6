// Kept return by sparsity as one SVG of four panels: weights and neurons, without recovery and with it.
import { GRANULARITIES, RECOVERIES, SPARSITIES } from './study-cells.ts';
import type { CriterionRow } from './study-statistics.ts';

const WIDTH = 470;
const HEIGHT = 350;
const LEFT = 48;
const RIGHT = 130;
const TOP = 36;
const BOTTOM = 40;
/** Tol's muted scheme, then its bright one, and dashes where both are used up. */
const COLOURS = [
  '#332288',
  '#88ccee',
  '#44aa99',
  '#117733',
  '#999933',
  '#ddcc77',
  '#cc6677',
  '#882255',
  '#aa4499',
  '#4477aa',
  '#ee6677',
  '#228833',
  '#ccbb44',
  '#bbbbbb',
];
const SHARES = [0, 0.25, 0.5, 0.75, 1];

const text = (attributes: string, content: string): string => `<text ${attributes}>${content}</text>`;

/** Sparsities lie evenly: what is interesting happens towards the end. */
function panel(
  title: string,
  rows: readonly CriterionRow[],
  recovery: (typeof RECOVERIES)[number],
  at: string,
): string[] {
  const x = (i: number): string => (LEFT + (i / (SPARSITIES.length - 1)) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  // Below the worst return that counts and above the dense one there is nothing to tell apart.
  const y = (kept: number): string =>
    (HEIGHT - BOTTOM - (Math.min(1.05, Math.max(-0.05, kept)) / 1.05) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  return [
    `<g transform="translate(${at})">`,
    text(`x="${LEFT}" y="20" font-size="13" font-weight="bold"`, title),
    ...SHARES.flatMap((share) => [
      `<line x1="${x(0)}" x2="${x(SPARSITIES.length - 1)}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>`,
      text(`x="${LEFT - 6}" y="${y(share)}" dy="4" text-anchor="end"`, `${100 * share} %`),
    ]),
    ...SPARSITIES.map((sparsity, i) =>
      text(`x="${x(i)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle"`, `${Math.round(100 * sparsity)} %`),
    ),
    ...rows.flatMap(({ criterion, kept }, i) => {
      const points = kept[recovery];
      if (points === undefined) return [];
      const stroke = `stroke="${COLOURS[i % COLOURS.length]!}"${i >= COLOURS.length ? ' stroke-dasharray="4 2"' : ''}`;
      const line = points.map(({ interquartileMean }, s) => `${x(s)},${y(interquartileMean)}`).join(' ');
      const right = WIDTH - RIGHT + 12;
      const height = TOP + 8 + 16 * i;
      return [
        `<polyline fill="none" stroke-width="1.8" ${stroke} points="${line}"/>`,
        `<line x1="${right}" x2="${right + 14}" y1="${height - 4}" y2="${height - 4}" stroke-width="2.5" ${stroke}/>`,
        text(`x="${right + 20}" y="${height}"`, criterion),
      ];
    }),
    '</g>',
  ];
}

export function plotStudy(rows: readonly CriterionRow[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${2 * HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<rect width="${2 * WIDTH}" height="${2 * HEIGHT}" fill="#fff"/>`,
    ...GRANULARITIES.flatMap((granularity, row) =>
      RECOVERIES.flatMap((recovery, column) =>
        panel(
          `${granularity}s removed, ${recovery === 'none' ? 'without recovery' : '2000 updates of distillation'}`,
          rows.filter((one) => one.granularity === granularity),
          recovery,
          `${column * WIDTH} ${row * HEIGHT}`,
        ),
      ),
    ),
    '</svg>\n',
  ].join('\n');
}
