// A recipe of each kind, small enough to run in a test.
import type { DqnConfig } from '../../src-main/contract/dqn.ts';
import type { A2cConfig, PpoConfig } from '../../src-main/contract/policy-gradient.ts';
import type { SeedRanges } from '../../src-main/contract/evaluation.ts';
import type {
  DataPruneRecipe,
  EvaluateRecipe,
  ExportRecipe,
  ManualMethod,
  PruneRecipe,
  SearchRecipe,
  Source,
  TrainRecipeOf,
} from '../../src-main/contract/recipe.ts';

/** Few episodes: what is tested is not how good the policy is. */
export const FEW_SEEDS: SeedRanges = {
  train: { first: 0, count: 1_000_000 },
  validation: { first: 1_000_000, count: 4 },
  test: { first: 2_000_000, count: 4 },
};

const common = { version: 1, seed: 3, backend: 'auto' } as const;

export const byHand: ManualMethod = {
  kind: 'manual',
  criterion: 'l1',
  amount: { kind: 'sparsity', sparsity: 0.5 },
  allocation: 'global',
  layers: {},
  multiple: 1,
  schedule: 'one-shot',
  steps: 5,
  recovery: { method: 'none', updates: 0 },
  rewind: 'nothing',
};

export const pruneRecipe = (source: Source, changes: Partial<PruneRecipe> = {}): PruneRecipe => ({
  kind: 'prune',
  ...common,
  source,
  environment: 'CartPole-v1',
  seeds: FEW_SEEDS,
  granularity: 'weight',
  method: byHand,
  export: null,
  ...changes,
});

/** @param path of a file of observations */
export const dataPruneRecipe = (
  source: Source,
  path: string,
  changes: Partial<DataPruneRecipe> = {},
): DataPruneRecipe => ({
  kind: 'prune',
  ...common,
  basis: 'observations',
  source,
  observations: { kind: 'file', path },
  granularity: 'weight',
  method: byHand,
  export: null,
  ...changes,
});

/** Eight ways of pruning in two rungs. */
export const searchRecipe = (source: Source, changes: Partial<SearchRecipe> = {}): SearchRecipe => ({
  kind: 'search',
  ...common,
  source,
  environment: 'CartPole-v1',
  seeds: FEW_SEEDS,
  target: { kind: 'return', keep: 0.9 },
  space: {
    granularities: ['weight'],
    criteria: ['l1', 'lamp'],
    allocations: ['global'],
    sparsities: [0.2, 0.5, 0.8, 0.95],
    schedules: ['one-shot'],
    recoveries: ['distill'],
    automatic: false,
  },
  trials: 8,
  rungs: 2,
  keepOneIn: 2,
  updates: 60,
  seconds: null,
  processes: 2,
  export: null,
  ...changes,
});

export const evaluateRecipe = (source: Source, baseline: Source | null = null): EvaluateRecipe => ({
  kind: 'evaluate',
  ...common,
  source,
  baseline,
  environment: 'CartPole-v1',
  seeds: FEW_SEEDS,
  purpose: 'test',
});

export const exportRecipe = (source: Source, folder: string): ExportRecipe => ({
  kind: 'export',
  ...common,
  source,
  environment: null,
  export: { folder, formats: ['onnx', 'tfjs', 'safetensors'], force: false },
});

const quickDqn: DqnConfig = {
  hiddenUnits: [32],
  activation: 'relu',
  dueling: false,
  learningRate: 1e-3,
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  maxGradientNorm: 10,
  loss: 'huber',
  batchSize: 32,
  bufferSize: 1000,
  learningStarts: 100,
  gamma: 0.99,
  targetUpdateInterval: 100,
  trainFrequency: 4,
  gradientSteps: 1,
  explorationFraction: 0.5,
  explorationInitial: 1,
  explorationFinal: 0.05,
  doubleQ: false,
  nStep: 1,
};

const training = {
  kind: 'train',
  ...common,
  environment: 'CartPole-v1',
  seeds: FEW_SEEDS,
  steps: 2000,
  pruning: null,
  export: null,
} as const;

export const trainRecipe = (changes: Partial<TrainRecipeOf<'dqn'>> = {}): TrainRecipeOf<'dqn'> => ({
  ...training,
  algorithm: 'dqn',
  dqn: quickDqn,
  ...changes,
});

const quickA2c: A2cConfig = {
  hiddenUnits: [16, 16],
  activation: 'tanh',
  environments: 4,
  nSteps: 8,
  gamma: 0.99,
  gaeLambda: 0.95,
  learningRate: 2e-3,
  learningRateSchedule: 'constant',
  optimizer: { kind: 'rmsprop', decay: 0.99, epsilon: 1e-5, centered: false },
  maxGradientNorm: 0.5,
  entropyCoefficient: 0,
  valueCoefficient: 0.5,
  normalizeAdvantages: false,
  normalizeObservations: true,
  normalizeRewards: false,
  initialLogStd: 0,
};

export const a2cRecipe = (changes: Partial<TrainRecipeOf<'a2c'>> = {}): TrainRecipeOf<'a2c'> => ({
  ...training,
  algorithm: 'a2c',
  a2c: quickA2c,
  ...changes,
});

const quickPpo: PpoConfig = {
  ...quickA2c,
  nSteps: 32,
  batchSize: 64,
  epochs: 4,
  clip: 0.2,
  clipSchedule: 'linear',
  valueClip: null,
};

export const ppoRecipe = (changes: Partial<TrainRecipeOf<'ppo'>> = {}): TrainRecipeOf<'ppo'> => ({
  ...training,
  algorithm: 'ppo',
  ppo: quickPpo,
  ...changes,
});
