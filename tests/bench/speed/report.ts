// The results as a page: table, notes, machine and versions.
import type { Machine } from './machine.ts';
import type { Scaling } from './scaling.ts';
import type { ComparisonResult } from './work.ts';
import { median } from './rounds.ts';

export interface SpeedRecord {
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly secondsPerRound: number;
  /** Rounds of the whole training run. */
  readonly wholeRuns: number;
  readonly results: readonly ComparisonResult[];
  /** By work. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
  readonly scaling: Scaling;
}

/** Three digits and a unit. */
function duration(microseconds: number): string {
  const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  if (microseconds < 1000) return `${digits(microseconds)} µs`;
  return microseconds < 1e6 ? `${digits(microseconds / 1000)} ms` : `${digits(microseconds / 1e6)} s`;
}

export const SPEED_HEADER = [
  '| work | ours | peer | ours ÷ theirs (median [min, max]) | target | reached |',
  '|---|---|---|---|---|---|',
];

export function rowOf({
  work,
  ours,
  theirs,
  target,
  oursTimes,
  theirsTimes,
  ratio,
  reached,
}: ComparisonResult): string {
  const spread = oursTimes.length === 1 ? '[one round]' : `[${ratio.min.toFixed(2)}, ${ratio.max.toFixed(2)}]`;
  const cells = [
    work,
    `${duration(median(oursTimes))} (${ours})`,
    `${duration(median(theirsTimes))} (${theirs})`,
    `**${ratio.median.toFixed(2)}** ${spread}`,
    `≤ ${target}`,
    reached ? 'yes' : 'no',
  ];
  return `| ${cells.join(' | ')} |`;
}

const list = (record: Readonly<Record<string, string | number>>): string =>
  Object.entries(record)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

export function reportOf({
  machine,
  versions,
  rounds,
  secondsPerRound,
  wholeRuns,
  results,
  notes,
}: SpeedRecord): string {
  const { processor, cores, memory, system, loadBefore } = machine;
  return [
    '# Speed',
    '',
    'Made by `npm run bench`; both sides measured in turn in one run.',
    '',
    ...SPEED_HEADER,
    ...results.map(rowOf),
    '',
    `Medians of ${rounds} rounds of ${secondsPerRound} s a side, each after a warm-up; of the whole run, ${wholeRuns === 1 ? 'a single round' : `${wholeRuns} rounds`}.`,
    'A DQN update samples a batch from a full replay buffer, asks the target network, and does forward, Huber loss, backward',
    'and Adam. In the whole run Secateur asks the target network once for all updates between two steps, about each state once.',
    'Secateur runs on one thread. PyTorch runs on 1 and on 2 threads in every round and the faster counts; for each,',
    'its fastest Adam (for-loop, foreach, fused) and, for images, its fastest layout (channels first, channels last) were',
    'chosen by trial. ONNX Runtime runs in Node.js on one thread. Sparse networks have random masks on every kernel.',
    '',
    `Machine: ${processor}, ${cores} cores, ${memory}, ${system}; load ${loadBefore.toFixed(1)} before the run.`,
    '',
    `Versions: ${list(versions)}.`,
    '',
    '## How an update grows',
    '',
    '![Time of a DQN update by width and by density](speed.svg)',
    '',
    '## Checks and settings',
    '',
    ...Object.entries(notes).map(([work, own]) => `- ${work}: ${own.join('; ')}`),
    '',
  ].join('\n');
}
