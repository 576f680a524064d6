// Automatic pruning of every agent at every granularity, three seeds each, one after the other, since time is measured.
// What docs/bench/pruning.json has is not measured again.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { latencySchema, returnSummarySchema } from '../../../src-main/contract/evaluation.ts';
import { pruneReportSchema } from '../../../src-main/contract/prune-report.ts';
import { AGENTS, fromRoot } from './agents.ts';

export const MODES = ['weight', 'neuron', 'hybrid'] as const;
const SEEDS = [0, 1, 2];

const KEEP = 0.95;
const SECONDS_ALLOWED = 180;
const MEGABYTES_ALLOWED = 1024;
/** Shares of the weights and of the hidden neurons that have to go; hybrid has to do both. */
const WEIGHTS_GOAL = 0.99;
const NEURONS_GOAL = 0.95;

const sideSchema = z.strictObject({
  weights: z.int(),
  hiddenUnits: z.int(),
  test: returnSummarySchema,
  latency: latencySchema,
});
const rowSchema = z.strictObject({
  agent: z.string(),
  granularity: z.enum(MODES),
  seed: z.int(),
  weightsRemoved: z.number(),
  neuronsRemoved: z.number(),
  keptOnTest: z.number(),
  seconds: z.number(),
  megabytes: z.number(),
  reached: z.boolean(),
  dense: sideSchema,
  pruned: sideSchema,
  trials: pruneReportSchema.shape.trials,
});
export type AutomaticRow = z.infer<typeof rowSchema>;

const file = fromRoot('docs/bench/pruning.json');

function readRows(): AutomaticRow[] {
  return existsSync(file) ? z.array(rowSchema).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

function measure(agent: string, granularity: (typeof MODES)[number], seed: number): AutomaticRow {
  const output = execFileSync(
    process.execPath,
    [...process.execArgv, fromRoot('tests/bench/pruning/automatic-one.ts'), agent, granularity, String(seed)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 2 ** 20 },
  );
  const answer = z.object({ report: pruneReportSchema, megabytes: z.number() }).parse(JSON.parse(output));
  const { report, megabytes } = answer;
  const [dense, pruned] = [report.dense, report.pruned].map(({ count, test, latency }) => ({
    weights: count.nonzeroWeights,
    hiddenUnits: count.hiddenUnits,
    test: test.summary,
    latency,
  }));
  const weightsRemoved = 1 - pruned!.weights / dense!.weights;
  const neuronsRemoved = 1 - pruned!.hiddenUnits / dense!.hiddenUnits;
  const gone =
    (granularity === 'neuron' || weightsRemoved >= WEIGHTS_GOAL) &&
    (granularity === 'weight' || neuronsRemoved >= NEURONS_GOAL);
  // Of a positive return, the share itself has to be kept as well, which is more.
  const [before, after] = [dense!.test.mean, pruned!.test.mean];
  const kept = report.keptOnTest >= KEEP && (before <= 0 || after >= KEEP * before);
  return {
    agent,
    granularity,
    seed,
    weightsRemoved,
    neuronsRemoved,
    keptOnTest: report.keptOnTest,
    seconds: report.seconds,
    megabytes,
    reached: gone && kept && report.seconds <= SECONDS_ALLOWED && megabytes <= MEGABYTES_ALLOWED,
    dense: dense!,
    pruned: pruned!,
    trials: report.trials,
  };
}

/** @param tell is given every row as it is measured */
export function measureAutomatic(tell: (row: AutomaticRow) => void): AutomaticRow[] {
  const rows = readRows();
  for (const { id } of AGENTS) {
    for (const mode of MODES) {
      for (const seed of SEEDS) {
        if (rows.some((row) => row.agent === id && row.granularity === mode && row.seed === seed)) continue;
        const row = measure(id, mode, seed);
        rows.push(row);
        writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
        tell(row);
      }
    }
  }
  return rows;
}

const oneShotSchema = z.object({ mean: z.number() });
const goldenSchema = z.record(z.string(), z.object({ oneshot: z.record(z.string(), oneShotSchema) }));

const figure = (value: number): string => value.toFixed(1).replace('-', '−');
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const range = (values: readonly number[], format: (value: number) => string): string => {
  const [low, high] = [format(Math.min(...values)), format(Math.max(...values))];
  return low === high ? low : `${low} – ${high}`;
};

/** One line per agent and granularity, over the seeds, beside torch.nn.utils.prune's one-shot L1 without recovery. */
export function automaticTable(rows: readonly AutomaticRow[]): string[] {
  const golden = goldenSchema.parse(JSON.parse(readFileSync(fromRoot('tests/fixtures/agents/golden.json'), 'utf8')));
  const lines = AGENTS.flatMap(({ id }) =>
    MODES.map((mode) => {
      const own = rows.filter((row) => row.agent === id && row.granularity === mode);
      const over = (value: (row: AutomaticRow) => number, format: (value: number) => string): string =>
        range(own.map(value), format);
      const weights = `${over(({ pruned }) => pruned.weights, String)} weights`;
      const neurons = `${over(({ pruned }) => pruned.hiddenUnits, String)} neurons`;
      const micro = (kind: 'dense' | 'pruned'): string =>
        own
          .map((row) => row[kind].latency.medianMicroseconds)
          .sort((a, b) => a - b)[1]!
          .toPrecision(2);
      return [
        id,
        mode === 'neuron'
          ? `${over(({ neuronsRemoved }) => neuronsRemoved, percent)} of the neurons`
          : `${over(({ weightsRemoved }) => weightsRemoved, percent)} of the weights`,
        { weight: weights, neuron: neurons, hybrid: `${weights} in ${neurons}` }[mode],
        `${figure(own[0]!.dense.test.mean)} → ${over(({ pruned }) => pruned.test.mean, figure)}`,
        percent(Math.min(...own.map(({ keptOnTest }) => keptOnTest))),
        `${micro('dense')} → ${micro('pruned')} µs`,
        over(
          ({ seconds }) => seconds,
          (value) => value.toFixed(0),
        ),
        over(
          ({ megabytes }) => megabytes,
          (value) => value.toFixed(0),
        ),
        mode === 'weight'
          ? Object.values(golden[id]!.oneshot)
              .map(({ mean }) => figure(mean))
              .join(' / ')
          : '–',
        own.every(({ reached }) => reached) ? 'yes' : 'no',
      ];
    }),
  );
  const head = [
    'agent',
    'removed',
    'left',
    'return: dense → pruned (100 test episodes)',
    'kept at least',
    'act in (median)',
    'seconds',
    'MB',
    'one-shot L1 at 50 / 80 / 90 / 95 %',
    'reached',
  ];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
}
