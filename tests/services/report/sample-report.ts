// Reports to write about: one like those that CartPole gives, and any that the schema allows.
import fc from 'fast-check';
import type { Model } from '../../../src-main/contract/entity.ts';
import type { ReturnSummary } from '../../../src-main/contract/evaluation.ts';
import type { ExportCheck } from '../../../src-main/contract/job.ts';
import {
  pruneReportSchema,
  type ModelMeasurement,
  type NetworkCount,
  type AnyPruneReport,
  type DataPruneReport,
  type PruneReport,
} from '../../../src-main/contract/prune-report.ts';
import type { PruneRecipe } from '../../../src-main/contract/recipe.ts';
import type { ReportInput } from '../../../src-main/services/report/content/report-input.ts';

export function summaryAround(mean: number, low = mean, high = mean): ReturnSummary {
  return {
    episodes: 100,
    mean,
    meanInterval: { low, high },
    interquartileMean: mean,
    interquartileMeanInterval: { low, high },
    median: mean,
    standardDeviation: (high - low) * 2.5,
    standardError: (high - low) / 4,
    min: low - 1,
    max: high + 1,
  };
}

const layer = (
  name: string,
  inputs: number,
  units: number,
  nonzero = inputs * units,
): NetworkCount['layers'][number] => ({
  name,
  kind: 'dense',
  kernelShape: [inputs, units],
  weights: inputs * units,
  nonzeroWeights: nonzero,
  units,
  macs: inputs * units,
  nonzeroMacs: nonzero,
});

function countOf(layers: NetworkCount['layers'], hiddenUnits: number): NetworkCount {
  const sum = (value: (one: NetworkCount['layers'][number]) => number): number =>
    layers.reduce((total, one) => total + value(one), 0);
  return {
    layers,
    weights: sum((one) => one.weights),
    nonzeroWeights: sum((one) => one.nonzeroWeights),
    parameters: sum((one) => one.weights + one.units),
    hiddenUnits,
    macs: sum((one) => one.macs),
    nonzeroMacs: sum((one) => one.nonzeroMacs),
  };
}

interface Measured {
  readonly count: NetworkCount;
  readonly bytes: number;
  readonly validation: ReturnSummary;
  readonly test: ReturnSummary;
  readonly microseconds: number;
  readonly worst: number;
}

function measurement({ count, bytes, validation, test, microseconds, worst }: Measured): ModelMeasurement {
  const evaluation = (first: number, summary: ReturnSummary): ModelMeasurement['test'] => ({
    environment: 'CartPole-v1',
    deterministic: true,
    seeds: { first, count: summary.episodes },
    returns: [],
    lengths: [],
    summary,
    worstReturn: worst,
    agreement: null,
    latency: null,
  });
  return {
    count,
    bytes,
    validation: evaluation(1_000_000, validation),
    test: evaluation(2_000_000, test),
    latency: { batch: 1, medianMicroseconds: microseconds, p95Microseconds: microseconds * 3, rounds: 40 },
  };
}

const DENSE = countOf([layer('dense_1', 4, 256), layer('dense_2', 256, 256), layer('q/output', 256, 2)], 512);
const PRUNED = countOf([layer('dense_1', 4, 2), layer('dense_2', 2, 3), layer('q/output', 3, 2)], 5);
/** As many units, a few zeros. */
const UNSTRUCTURED = countOf([layer('dense_1', 4, 7, 10), layer('dense_2', 7, 5, 11), layer('q/output', 5, 2, 5)], 12);

/** Solved before and after, as CartPole is. */
export function sampleReport(changes: Partial<PruneReport> = {}): PruneReport {
  const solved = { validation: summaryAround(500), test: summaryAround(500), worst: 0 };
  const pruned = measurement({ ...solved, count: PRUNED, bytes: 1084, microseconds: 0.123 });
  return {
    environment: 'CartPole-v1',
    granularity: 'neuron',
    method: 'automatic',
    backend: 'secateur kernels 1 (simd)',
    keep: 0.95,
    budget: null,
    dense: measurement({ ...solved, count: DENSE, bytes: 271_368, microseconds: 6.06 }),
    pruned: { ...pruned, test: { ...pruned.test, agreement: { kind: 'discrete', states: 2000, share: 0.5045 } } },
    testDifference: { episodes: 100, mean: 0, meanInterval: { low: 0, high: 0 } },
    keptOnValidation: 1,
    keptOnTest: 1,
    trials: [
      {
        granularity: 'neuron',
        sparsity: 0.9,
        weights: 802,
        hiddenUnits: 51,
        recovery: 'distillation',
        meanReturn: 500,
        keptShare: 1,
        accepted: true,
      },
      {
        granularity: 'neuron',
        sparsity: 0.9902,
        weights: 20,
        hiddenUnits: 5,
        recovery: 'distillation',
        meanReturn: 500,
        keptShare: 1,
        accepted: true,
      },
      {
        granularity: 'neuron',
        sparsity: 0.996,
        weights: 8,
        hiddenUnits: 2,
        recovery: 'distillation, then evolution',
        meanReturn: 41.76,
        keptShare: 0.08352,
        accepted: false,
      },
    ],
    feasiblePruningRate: 0.9902,
    surgery: { states: 2000, largestDifference: 0 },
    explanation: null,
    stopped: false,
    seconds: 21.8,
    ...changes,
  };
}

/** The same with a pruned policy that plays differently. */
export function reportWithTest(test: ReturnSummary, changes: Partial<PruneReport> = {}): PruneReport {
  const report = sampleReport(changes);
  return { ...report, pruned: { ...report.pruned, test: { ...report.pruned.test, summary: test } } };
}

/** 26 weights among 73. */
export function reportWithZeros(): PruneReport {
  const report = sampleReport({ granularity: 'weight' });
  return { ...report, pruned: { ...report.pruned, count: UNSTRUCTURED } };
}

export function sampleModel(report: Pick<AnyPruneReport, 'pruned'>, changes: Partial<Model> = {}): Model {
  const { count, bytes } = report.pruned;
  const { weights, nonzeroWeights, hiddenUnits, macs, nonzeroMacs } = count;
  return {
    id: '0198c7e2-6b1f-7a33-9d4e-2f1f0d6a2b11',
    projectId: 'project',
    name: 'dqn-CartPole-v1, pruned',
    parentId: '0198c7e2-5a00-7b21-8c11-77aa01d2e3f4',
    runId: 'run',
    description: {
      algorithm: 'dqn',
      network: {
        input: { shape: [4], scale: 1 },
        trunk: [
          { kind: 'dense', name: 'dense_1', units: 2, activation: 'relu' },
          { kind: 'dense', name: 'dense_2', units: 3, activation: 'relu' },
        ],
        heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q/output', units: 2, activation: 'linear' }] }],
        combine: 'concatenate',
      },
      policy: { kind: 'greedy', head: 'q' },
      actionSpace: { kind: 'discrete', n: 2 },
      gamma: 0.99,
    },
    counts: { weights, nonzeroWeights, hiddenUnits, macs, nonzeroMacs, bytes },
    artifactHash: 'ab12'.repeat(16),
    source: null,
    createdAt: 0,
    deletedAt: null,
    ...changes,
  };
}

export const SAMPLE_CHECKS: readonly ExportCheck[] = [
  {
    format: 'onnx',
    files: [{ name: 'policy.onnx', bytes: 1204 }],
    reader: 'onnxruntime-node 1.30.0',
    states: 1000,
    largestDifference: 2.38e-7,
    differentActions: 0,
    medianMicroseconds: 8.41,
  },
  {
    format: 'tfjs',
    files: [
      { name: 'model.json', bytes: 2310 },
      { name: 'weights.bin', bytes: 348 },
    ],
    reader: 'tfjs-layers 4.22.0',
    states: 1000,
    largestDifference: 0,
    differentActions: 3,
    medianMicroseconds: null,
  },
];

export const SAMPLE_RECIPE: PruneRecipe = {
  kind: 'prune',
  version: 1,
  seed: 7,
  backend: 'auto',
  source: { kind: 'file', path: 'dqn-CartPole-v1.zip', normalizer: null },
  environment: 'CartPole-v1',
  granularity: 'neuron',
  seeds: {
    train: { first: 0, count: 1_000_000 },
    validation: { first: 1_000_000, count: 100 },
    test: { first: 2_000_000, count: 100 },
  },
  method: { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
  export: null,
};

/** @param changes.report absent: a pruning on episodes */
export function sampleInput(changes: Partial<ReportInput> = {}): ReportInput {
  const report = changes.report === undefined ? sampleReport() : changes.report;
  return {
    model: sampleModel(report ?? sampleReport()),
    report,
    checks: SAMPLE_CHECKS,
    recipe: SAMPLE_RECIPE,
    versions: { secateur: '0.1.0', node: '24.0.0' },
    ...changes,
  };
}

const finite = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

/** Names as badly behaved as anyone could make them. */
export const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    'a|b',
    '"><img src=x onerror=alert(1)>',
    '[x](http://x.y)',
    '`',
    '\u202e',
  ),
);

function anySummary(worst: number): fc.Arbitrary<ReturnSummary> {
  return fc
    .tuple(finite(worst, 1000), finite(0, 200), finite(0, 200))
    .map(([mean, down, up]) => summaryAround(mean, Math.max(worst, mean - down), mean + up));
}

const anyLayers = fc.uniqueArray(
  fc
    .tuple(anyName, fc.nat(300), fc.nat(300), fc.nat(100_000))
    .map(([name, inputs, units, nonzero]) => layer(name, inputs, units, Math.min(inputs * units, nonzero))),
  { selector: (one) => one.name, minLength: 1, maxLength: 6 },
);

function anyMeasurement(worst: number): fc.Arbitrary<ModelMeasurement> {
  return fc
    .record({
      count: fc.tuple(anyLayers, fc.nat(1000)).map(([layers, hidden]) => countOf(layers, hidden)),
      bytes: fc.nat(10_000_000),
      validation: anySummary(worst),
      test: anySummary(worst),
      microseconds: finite(0, 1e5),
    })
    .map((measured) => measurement({ ...measured, worst }));
}

const anyTrial = fc.record({
  granularity: fc.constantFrom('weight', 'unit', 'neuron'),
  sparsity: finite(0, 1),
  weights: fc.nat(100_000),
  hiddenUnits: fc.nat(1000),
  recovery: fc.constantFrom('distillation', 'distillation, then evolution'),
  meanReturn: finite(-500, 1000),
  keptShare: finite(-1, 2),
  accepted: fc.boolean(),
});

const anyBudget: fc.Arbitrary<NonNullable<PruneReport['budget']>> = fc.oneof(
  fc.record({ kind: fc.constant('bytes' as const), allowed: fc.nat(1e7), measured: fc.nat(1e7), met: fc.boolean() }),
  fc.record({
    kind: fc.constant('latency' as const),
    allowed: finite(0, 1e5),
    measured: finite(0, 1e5).map((microseconds) => ({
      batch: 1 as const,
      medianMicroseconds: microseconds,
      p95Microseconds: microseconds,
      rounds: 200,
    })),
    met: fc.boolean(),
  }),
);

export const anyReport: fc.Arbitrary<PruneReport> = fc
  .constantFrom(0, -500)
  .chain((worst) =>
    fc.record({
      environment: anyName,
      granularity: fc.constantFrom('weight', 'neuron', 'hybrid', '2:4'),
      method: fc.constantFrom('automatic' as const, 'manual' as const),
      backend: anyName,
      keep: fc.option(finite(0.01, 1)),
      budget: fc.option(anyBudget),
      dense: anyMeasurement(worst),
      pruned: anyMeasurement(worst),
      testDifference: fc
        .tuple(finite(-500, 500), finite(0, 200), finite(0, 200))
        .map(([mean, down, up]) => ({ episodes: 100, mean, meanInterval: { low: mean - down, high: mean + up } })),
      keptOnValidation: finite(-1, 2),
      keptOnTest: finite(-1, 2),
      trials: fc.array(anyTrial, { maxLength: 8 }),
      feasiblePruningRate: fc.option(finite(0, 1)),
      explanation: fc.constant(null),
      surgery: fc.record({ states: fc.nat(5000), largestDifference: finite(0, 1e-5) }),
      stopped: fc.boolean(),
      seconds: finite(0, 1e5),
    }),
  )
  .map((report) => pruneReportSchema.parse(report));

/** Of a pruning on observations: 97 of 100 decisions kept. */
export function dataReport(changes: Partial<DataPruneReport> = {}): DataPruneReport {
  const { dense, pruned, trials, surgery, ...rest } = sampleReport();
  const cost = ({ count, bytes, latency }: ModelMeasurement): DataPruneReport['dense'] => ({ count, bytes, latency });
  const agreement = { kind: 'discrete', states: 1000, mean: 0.97, interval: { low: 0.955, high: 0.98 } } as const;
  return {
    measure: 'agreement',
    granularity: rest.granularity,
    method: rest.method,
    backend: rest.backend,
    keep: 0.95,
    budget: null,
    observations: {
      file: 'seen.npy',
      sha256: 'cd34'.repeat(16),
      rows: 5000,
      train: 3000,
      validation: 1000,
      test: 1000,
    },
    dense: cost(dense),
    pruned: cost(pruned),
    agreement: { validation: agreement, test: agreement },
    trials: trials.map((trial) => ({ ...trial, meanReturn: null })),
    feasiblePruningRate: rest.feasiblePruningRate,
    surgery,
    explanation: null,
    stopped: false,
    seconds: 12,
    ...changes,
  };
}
