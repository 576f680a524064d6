// One agent in a process of its own: `train-one.ts TEMPLATE SEED [STEPS]`. Prints one line of JSON, a `TrainedCell`.
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { DEFAULT_SEED_RANGES, type EvaluationReport } from '../../../src-main/contract/evaluation.ts';
import { METRIC } from '../../../src-main/contract/metric-names.ts';
import { trainRecipeSchema } from '../../../src-main/contract/recipe.ts';
import { templates } from '../../../src-main/engine/agents/templates.ts';
import type { ReportedMetric, RunContext } from '../../../src-main/engine/run-context.ts';
import { train } from '../../../src-main/engine/training/train.ts';
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';
import type { TrainedCell } from './record.ts';

/** Every seed has training episodes of its own. */
const EPISODES_PER_SEED = 100_000;

const [id, seedText, stepsText] = process.argv.slice(2) as [string, string, string | undefined];
const template = templates.get(id);
const seed = Number(seedText);
const steps = stepsText === undefined ? template.totalSteps : Number(stepsText);

const metrics: ReportedMetric[] = [];
const context: RunContext = {
  progress: () => undefined,
  metrics: (reported) => {
    metrics.push(...reported);
  },
  offerPolicy: () => undefined,
  log: () => undefined,
  now: () => performance.now(),
  breathe: () => setImmediate(false),
};
const backend = loadKernelBackend();
const begin = performance.now();
const { last, test } = await train({
  recipe: trainRecipeSchema.parse({
    kind: 'train',
    version: 1,
    seed,
    backend: 'kernels',
    algorithm: template.algorithm,
    environment: template.environment,
    seeds: {
      ...DEFAULT_SEED_RANGES,
      train: { first: seed * EPISODES_PER_SEED, count: EPISODES_PER_SEED },
    },
    steps,
    [template.algorithm]: template.config,
    pruning: null,
    keepLast: true,
    export: null,
  }),
  backend,
  context,
  checkpoint: null,
  saveCheckpoint: () => undefined,
});
const seconds = (performance.now() - begin) / 1000;

const returnOf = ({ summary }: EvaluationReport): TrainedCell['best'] => ({
  mean: summary.mean,
  ...summary.meanInterval,
});
const curveOf = (name: string): readonly ReportedMetric[] => metrics.filter((metric) => metric.name === name);
const lows = curveOf(METRIC.validationReturnLow);
const highs = curveOf(METRIC.validationReturnHigh);
const cell: TrainedCell = {
  template: id,
  seed,
  settings: { steps, config: template.config },
  seconds,
  best: returnOf(test),
  last: returnOf(last!.test),
  curve: curveOf(METRIC.validationReturn).map(({ step, value }, i) => ({
    step,
    mean: value,
    low: lows[i]!.value,
    high: highs[i]!.value,
  })),
};
process.stdout.write(`${JSON.stringify(cell)}\n`);
