// `npm run bench:sparse-training`: DQN at 95 % sparsity, pruned while it learns or sparse from the beginning, beside dense DQN;
// published settings, three seeds each. A cell (agent, method, seed) that docs/bench/sparse-training.json has is not run again.
// `-- --table` only writes the table, docs/bench/sparse-training.md.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import { keptShare } from '../../src-main/contract/kept-share.ts';
import type { GradualPruning, SparseTraining, TrainRecipe } from '../../src-main/contract/recipe.ts';
import { dqnTemplates } from '../../src-main/engine/agents/dqn/config.ts';
import { qNetwork } from '../../src-main/engine/agents/dqn/network.ts';
import { environments } from '../../src-main/engine/environments/registry.ts';
import { countNetwork } from '../../src-main/engine/networks/counting.ts';
import { parameterShapes, sizeOf } from '../../src-main/engine/networks/shapes.ts';
import { train } from '../../src-main/engine/training/train.ts';
import type { RunContext } from '../../src-main/engine/run-context.ts';
import { writeFileAtomically } from '../../src-main/store/atomic-file.ts';
import { loadKernelBackend } from '../../src-main/workers/load-kernels.ts';

const SEEDS = [1, 2, 3];
const SPARSITY = 0.95;
const AGENTS = ['zoo-cartpole', 'zoo-acrobot'];
/** Of CartPole and Acrobot they cost seconds, and policies here differ by less than 100 episodes can tell. */
const TEST_EPISODES = 1000;
/** t of Student for a two-sided 95 % interval of the mean of three. */
const STUDENT = 4.303;

const common = { granularity: 'weight', sparsity: SPARSITY, allocation: 'erk' };
const gradual: GradualPruning = {
  ...common,
  kind: 'gradual',
  criterion: 'l1',
  schedule: 'polynomial',
  steps: 100,
  from: 0.2,
  to: 0.8,
};
const sparse: SparseTraining = {
  ...common,
  kind: 'sparse',
  criterion: 'random',
  topology: 'static',
  every: 250,
  drop: 0.3,
  until: 0.75,
};
const byLamp: GradualPruning = { ...gradual, allocation: 'lamp' };
const healed: GradualPruning = { ...byLamp, recovery: 'distill' };
/** In the order in which they run. */
const METHODS: Readonly<Record<string, { readonly pruning: TrainRecipe['pruning']; readonly redo?: true }>> = {
  dense: { pruning: null },
  'gradual, LAMP, from 0.9 to 0.98, healed': { pruning: { ...healed, from: 0.9, to: 0.98 } },
  'gradual, LAMP, from 0.2 to 0.8, healed': { pruning: healed },
  'gradual, LAMP, from 0.2 to 0.8': { pruning: byLamp },
  'gradual, ERK, from 0.2 to 0.8': { pruning: gradual },
  RigL: { pruning: { ...sparse, topology: 'rigl' } },
  SET: { pruning: { ...sparse, topology: 'set' } },
  static: { pruning: sparse },
  'SNIP, static, ERK': { pruning: { ...sparse, criterion: 'snip' } },
  'SNIP, static, global': { pruning: { ...sparse, criterion: 'snip', allocation: 'global' } },
  'dense, ReDo': { pruning: null, redo: true },
};

const cellSchema = z.strictObject({
  agent: z.string(),
  method: z.string(),
  seed: z.int(),
  /** Of the policy that the run keeps, on `TEST_EPISODES`. */
  mean: z.number(),
  meanInterval: z.strictObject({ low: z.number(), high: z.number() }),
  /** That are not zero, of those that the dense network has. */
  weights: z.int(),
  denseWeights: z.int(),
  seconds: z.number(),
});
type Cell = z.infer<typeof cellSchema>;
const recordSchema = z.strictObject({ backend: z.string(), sparsity: z.number(), cells: z.array(cellSchema) });

const folder = fileURLToPath(new URL('../../docs/bench', import.meta.url));
const file = join(folder, 'sparse-training.json');
const backend = loadKernelBackend();
const context: RunContext = {
  progress: () => undefined,
  metrics: () => undefined,
  log: () => undefined,
  offerPolicy: () => undefined,
  now: () => performance.now(),
  breathe: () => Promise.resolve(false),
};

async function run(agent: string, method: string, seed: number): Promise<Cell> {
  const { config, totalSteps, environment } = dqnTemplates.get(agent);
  const { pruning, redo } = METHODS[method]!;
  const recipe: TrainRecipe = {
    kind: 'train',
    version: 1,
    seed,
    backend: backend.name,
    algorithm: 'dqn',
    environment,
    // Every run has training episodes of its own.
    seeds: {
      ...DEFAULT_SEED_RANGES,
      train: { first: seed * 100_000, count: 100_000 },
      test: { ...DEFAULT_SEED_RANGES.test, count: TEST_EPISODES },
    },
    steps: totalSteps,
    pruning,
    export: null,
    dqn: { ...config, ...(redo && { redo: { threshold: 0.025, every: 1000 } }) },
  };
  const start = performance.now();
  const { model, test } = await train({ recipe, backend, context, checkpoint: null, saveCheckpoint: () => undefined });
  const seconds = (performance.now() - start) / 1000;
  const shapes = Object.entries(parameterShapes(qNetwork(config, environments.get(environment))));
  const kernels = shapes.filter(([name]) => name.endsWith('/kernel'));
  return {
    agent,
    method,
    seed,
    mean: test.summary.mean,
    meanInterval: test.summary.meanInterval,
    weights: countNetwork(model.description.network, model.parameters, model.masks).nonzeroWeights,
    denseWeights: kernels.reduce((sum, [, shape]) => sum + sizeOf(shape), 0),
    seconds: Math.round(seconds * 10) / 10,
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean with its 95 % interval over the seeds; the interval is left out until there are three. */
function estimateOf(values: readonly number[]): string {
  const mean = meanOf(values);
  const number = (value: number): string => value.toFixed(1).replace('-', '−');
  if (values.length !== SEEDS.length) return `${number(mean)} (${values.length} of 3 seeds)`;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = STUDENT * Math.sqrt(variance / values.length);
  return `${number(mean)} ± ${number(half)}`;
}

/** One row per agent and method that has been run, in Markdown. */
function tableOf(cells: readonly Cell[]): string {
  const rows = AGENTS.flatMap((agent) => {
    const worst = environments.get(dqnTemplates.get(agent).environment).worstReturn;
    const of = (method: string): Cell[] => cells.filter((cell) => cell.agent === agent && cell.method === method);
    const dense = of('dense');
    return Object.keys(METHODS).flatMap((method) => {
      const found = of(method);
      if (found.length === 0) return [];
      const removed = found.map(({ weights, denseWeights }) => 100 * (1 - weights / denseWeights));
      const paired = found.flatMap(({ seed, mean }) => {
        const beside = dense.find((cell) => cell.seed === seed);
        return beside === undefined ? [] : [mean - beside.mean];
      });
      const kept = keptShare({
        dense: meanOf(dense.map(({ mean }) => mean)),
        pruned: meanOf(found.map(({ mean }) => mean)),
        worst,
      });
      return [
        [
          agent,
          method,
          `${Math.min(...removed).toFixed(1)} %`,
          estimateOf(found.map(({ mean }) => mean)),
          method === 'dense' || paired.length === 0 ? '' : estimateOf(paired),
          method === 'dense' || dense.length === 0 ? '' : `${(100 * kept).toFixed(1)} %`,
          `${Math.round(meanOf(found.map(({ seconds }) => seconds)))}`,
        ],
      ];
    });
  });
  const head = ['agent', 'method', 'removed', 'return', 'difference from dense, seed by seed', 'kept', 'seconds'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const record = existsSync(file)
  ? recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  : { backend: backend.version, sparsity: SPARSITY, cells: [] };

async function write(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const texts = {
    [file]: JSON.stringify(record, null, 2),
    [join(folder, 'sparse-training.md')]: tableOf(record.cells),
  };
  for (const [path, text] of Object.entries(texts)) {
    await writeFileAtomically({ path, bytes: Buffer.from(`${text}\n`) });
  }
}

if (!process.argv.includes('--table')) {
  for (const agent of AGENTS) {
    for (const method of Object.keys(METHODS)) {
      for (const seed of SEEDS) {
        if (record.cells.some((cell) => cell.agent === agent && cell.method === method && cell.seed === seed)) continue;
        const cell = await run(agent, method, seed);
        record.cells.push(cell);
        await write();
        process.stdout.write(`${JSON.stringify(cell)}\n`);
      }
    }
  }
}
await write();
process.stdout.write(`${tableOf(record.cells)}\n`);
