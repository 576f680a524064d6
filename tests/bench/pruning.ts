// `npm run bench:pruning`: automatic pruning of the shared agents, three seeds each, beside one-shot L1 without recovery.
// Writes docs/bench/pruning.json and docs/bench/pruning.md, the table of the README.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { pruneReportSchema, type PruneReport } from '../../src-main/contract/prune-report.ts';

const SEEDS = [0, 1, 2];
const SECONDS_ALLOWED = 180;
const MEGABYTES_ALLOWED = 1024;
const KEEP = 0.95;

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const AGENTS = [
  {
    id: 'dqn-CartPole-v1',
    file: path('resources/sample/dqn-CartPole-v1.zip'),
    normalizer: '',
    environment: 'CartPole-v1',
  },
  {
    id: 'dqn-MountainCar-v0',
    file: path('tests/fixtures/agents/dqn-MountainCar-v0.zip'),
    normalizer: '',
    environment: 'MountainCar-v0',
  },
  {
    id: 'a2c-Acrobot-v1',
    file: path('tests/fixtures/agents/a2c-Acrobot-v1.zip'),
    normalizer: path('tests/fixtures/agents/a2c-Acrobot-v1.vecnormalize.pkl'),
    environment: 'Acrobot-v1',
  },
] as const;
/** Share of the weights, or of the hidden neurons, that has to go; hybrid takes neurons first, then weights. */
const MODES = [
  { granularity: 'weight', goal: 0.98 },
  { granularity: 'neuron', goal: 0.9 },
  { granularity: 'hybrid', goal: 0.98 },
] as const;

const oneShotSchema = z.object({ mean: z.number() });
const goldenSchema = z.record(z.string(), z.object({ oneshot: z.record(z.string(), oneShotSchema) }));
const golden = goldenSchema.parse(JSON.parse(readFileSync(path('tests/fixtures/agents/golden.json'), 'utf8')));

interface Row {
  readonly agent: string;
  readonly granularity: 'weight' | 'neuron' | 'hybrid';
  readonly seed: number;
  readonly removed: number;
  readonly weights: number;
  readonly hiddenUnits: number;
  readonly report: PruneReport;
  readonly megabytes: number;
  readonly passed: boolean;
}

function run(agent: (typeof AGENTS)[number], { granularity, goal }: (typeof MODES)[number], seed: number): Row {
  const output = execFileSync(
    process.execPath,
    [
      ...process.execArgv,
      path('tests/bench/prune-one.ts'),
      agent.file,
      agent.normalizer,
      agent.environment,
      granularity,
      String(seed),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 2 ** 20 },
  );
  const { report, megabytes } = z
    .object({ report: pruneReportSchema, megabytes: z.number() })
    .parse(JSON.parse(output));
  const { dense, pruned } = report;
  const weights = pruned.count.nonzeroWeights;
  const { hiddenUnits } = pruned.count;
  const removed =
    granularity === 'neuron' ? 1 - hiddenUnits / dense.count.hiddenUnits : 1 - weights / dense.count.weights;
  const passed =
    removed >= goal && report.keptOnTest >= KEEP && report.seconds <= SECONDS_ALLOWED && megabytes <= MEGABYTES_ALLOWED;
  return { agent: agent.id, granularity, seed, removed, weights, hiddenUnits, report, megabytes, passed };
}

const figure = (value: number): string => value.toFixed(1).replace('-', '−');
const range = (values: readonly number[], format: (value: number) => string): string => {
  const [low, high] = [format(Math.min(...values)), format(Math.max(...values))];
  return low === high ? low : `${low} – ${high}`;
};

/** One line per agent and granularity, over the seeds. */
function tableOf(rows: readonly Row[]): string[] {
  const lines = [
    '| agent | removed | left | return: dense → pruned (100 test episodes) | kept at least | act in (median) | seconds | MB | one-shot L1 at 50 / 80 / 90 / 95 % |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  for (const agent of AGENTS) {
    for (const { granularity } of MODES) {
      const own = rows.filter((row) => row.agent === agent.id && row.granularity === granularity);
      const of = (value: (row: Row) => number): number[] => own.map(value);
      const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
      const dense = figure(own[0]!.report.dense.test.summary.mean);
      const pruned = range(
        of(({ report }) => report.pruned.test.summary.mean),
        figure,
      );
      const counts = { weight: of(({ weights }) => weights), neuron: of(({ hiddenUnits }) => hiddenUnits) };
      const left = {
        weight: `${range(counts.weight, String)} weights`,
        neuron: `${range(counts.neuron, String)} neurons`,
        hybrid: `${range(counts.weight, String)} weights in ${range(counts.neuron, String)} neurons`,
      };
      const micro = (kind: 'dense' | 'pruned'): string =>
        (of(({ report }) => report[kind].latency.medianMicroseconds).sort((a, b) => a - b)[1] ?? 0).toPrecision(2);
      lines.push(
        [
          agent.id,
          `${range(
            of(({ removed }) => removed),
            percent,
          )} of the ${granularity === 'neuron' ? 'neurons' : 'weights'}`,
          left[granularity],
          `${dense} → ${pruned}`,
          percent(Math.min(...of(({ report }) => report.keptOnTest))),
          `${micro('dense')} → ${micro('pruned')} µs`,
          range(
            of(({ report }) => report.seconds),
            (seconds) => seconds.toFixed(0),
          ),
          range(
            of(({ megabytes }) => megabytes),
            (megabytes) => megabytes.toFixed(0),
          ),
          granularity === 'weight'
            ? Object.values(golden[agent.id]!.oneshot)
                .map(({ mean }) => figure(mean))
                .join(' / ')
            : '–',
        ].join(' | '),
      );
      lines[lines.length - 1] = `| ${lines[lines.length - 1]!} |`;
    }
  }
  return lines;
}

const rows: Row[] = [];
for (const agent of AGENTS) {
  for (const mode of MODES) {
    for (const seed of SEEDS) {
      const row = run(agent, mode, seed);
      rows.push(row);
      const { summary } = row.report.pruned.test;
      process.stdout.write(
        `${row.passed ? 'ok  ' : 'MISS'} ${agent.id} ${mode.granularity} seed ${seed}: ${(100 * row.removed).toFixed(2)} % removed, return ${figure(summary.mean)}, ${row.report.seconds.toFixed(1)} s, ${row.megabytes.toFixed(0)} MB\n`,
      );
    }
  }
}
const table = tableOf(rows);
mkdirSync(path('docs/bench'), { recursive: true });
const stripped = rows.map(({ report, ...row }) => ({
  ...row,
  seconds: report.seconds,
  keptOnTest: report.keptOnTest,
  dense: report.dense.test.summary,
  pruned: report.pruned.test.summary,
  latency: { dense: report.dense.latency, pruned: report.pruned.latency },
  trials: report.trials,
}));
writeFileSync(path('docs/bench/pruning.json'), `${JSON.stringify(stripped, null, 2)}\n`);
writeFileSync(path('docs/bench/pruning.md'), `${table.join('\n')}\n`);
process.stdout.write(`\n${table.join('\n')}\n`);
process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
