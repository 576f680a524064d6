// The trained agents as a page: one row per template, over its seeds.
import { rowOf, SPEED_HEADER } from '../speed/report.ts';
import type { BesideRecord } from './beside-stable-baselines3.ts';
import type { TrainedCell } from './record.ts';
import type { Cell } from './cells.ts';

export interface Row extends Cell {
  /** Of this template, as its settings are now. */
  readonly trained: readonly TrainedCell[];
}

const figure = (value: number): string => value.toFixed(1).replace('-', '−');
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const nameOf = ({ template }: Cell): string => `${template.algorithm.toUpperCase()} on ${template.environment}`;

/** Of the best policies, over the seeds. */
export const meanReturn = ({ trained }: Row): number => meanOf(trained.map(({ best }) => best.mean));

/** Null where nothing is asked, or not all seeds are trained. */
export function reached(row: Row, seeds: number): boolean | null {
  return row.target === null || row.trained.length < seeds ? null : meanReturn(row) >= row.target;
}

function cellsOf(row: Row, seeds: number): string[] {
  const { template, target, zoo, trained } = row;
  const of = (value: (cell: TrainedCell) => number): string => trained.map((cell) => figure(value(cell))).join(' / ');
  const met = reached(row, seeds);
  return [
    nameOf(row),
    template.totalSteps.toLocaleString('en'),
    `**${figure(meanReturn(row))}** (${of(({ best }) => best.mean)})`,
    `${figure(meanOf(trained.map(({ last }) => last.mean)))} (${of(({ last }) => last.mean)})`,
    zoo === null ? '–' : figure(zoo),
    target === null ? '–' : `≥ ${figure(target)}`,
    met === null ? '–' : met ? 'yes' : 'no',
    meanOf(trained.map(({ seconds }) => seconds)).toFixed(0),
  ];
}

export function tableOf(rows: readonly Row[], seeds: number): string[] {
  return [
    '| agent | steps | best policy: mean (by seed) | last policy: mean (by seed) | zoo | target | reached | seconds per run |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.filter(({ trained }) => trained.length > 0).map((row) => `| ${cellsOf(row, seeds).join(' | ')} |`),
  ];
}

function speedLines({ machine, rounds, results, notes }: BesideRecord): string[] {
  const { processor, cores, system, loadBefore } = machine;
  return [
    '## Training beside Stable-Baselines3',
    '',
    'The same settings on both sides, in processes of their own and without evaluations: the wall clock of a whole run.',
    'PyTorch on 1 and on 2 threads, of which the faster counts. `npm run bench:agents -- --speed` measures it.',
    '',
    ...SPEED_HEADER,
    ...results.map(rowOf),
    '',
    `${rounds === 1 ? 'One round' : `Medians of ${rounds} rounds`}; ${processor}, ${cores} cores, ${system}, load ${loadBefore.toFixed(1)} before the run${loadBefore < 1 ? '' : ': a busy machine, so these figures are preliminary'}.`,
    ...Object.entries(notes).map(([work, own]) => `- ${work}: ${own.join('; ')}`),
    '',
  ];
}

export function reportOf(rows: readonly Row[], seeds: number, speed: BesideRecord | null): string {
  const missing = rows.filter(({ trained }) => trained.length < seeds);
  return [
    '# Agents',
    '',
    `Made by \`npm run bench:agents\`: ${seeds} seeds each, settings of the template, 100 deterministic episodes on test seeds.`,
    'The best policy is the one that did best on 20 validation episodes, at one of 25 points of the run; it is what',
    '`secateur train` keeps. The target is for its mean over the seeds. The zoo is what rl-baselines3-zoo reports in its',
    'benchmark.md, of one agent that it trained, as it was after the last step: beside it belongs the last policy, which need',
    'not reach what the best one does. Seconds include the evaluations, and whatever else the machine did.',
    '',
    ...tableOf(rows, seeds),
    '',
    ...(missing.length === 0 ? [] : [`Not trained with all seeds yet: ${missing.map(nameOf).join(', ')}.`, '']),
    '![Learning curves](agents.svg)',
    '',
    'Learning curves: validation return by environment steps, each seed a thin line with the 95 % interval over its',
    'episodes, their mean a thick one; the target dashed.',
    '',
    ...(speed === null ? [] : speedLines(speed)),
  ].join('\n');
}
