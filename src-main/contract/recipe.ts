// A recipe: one JSON document that says what is to be done. The wizard writes it, the CLI runs it, a run stores it.
import { z } from 'zod';
import { dqnConfigSchema } from './dqn.ts';
import { seedRangesSchema } from './evaluation.ts';
import { idSchema } from './entity.ts';
import { a2cConfigSchema, ppoConfigSchema } from './policy-gradient.ts';

/** A model of the store, or a file on disk with the observation normaliser that came with it. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model'), id: idSchema }),
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1), normalizer: z.string().min(1).nullable() }),
]);
export type Source = z.infer<typeof sourceSchema>;

export const exportFormatSchema = z.enum(['onnx', 'tfjs', 'safetensors']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** Where files go: a new folder with the formats, the recipe, the report and checksums. */
export const destinationSchema = z.strictObject({
  folder: z.string().min(1),
  formats: z.array(exportFormatSchema).min(1).readonly(),
  /** Replace a folder that an earlier export made. Any other existing folder is never touched. */
  force: z.boolean(),
});
export type Destination = z.infer<typeof destinationSchema>;

const common = {
  version: z.literal(1),
  /** Of every random choice of the operation itself; episodes have seeds of their own. */
  seed: z.int().min(0),
  /** A backend's name, or "auto" for the fastest that loads. */
  backend: z.string(),
};

export const sparsitySchema = z.number().min(0).lt(1, 'a sparsity of 1 would leave nothing; it has to be below 1');

/** How much is pruned by hand. */
export const amountSchema = z.discriminatedUnion('kind', [
  /** Share of all weights, or of all hidden neurons, channels or layers, in [0, 1). */
  z.strictObject({ kind: z.literal('sparsity'), sparsity: sparsitySchema }),
  /** Everything whose score is at most λ; with the criterion l1, |θ| ≤ λ becomes zero. */
  z.strictObject({
    kind: z.literal('threshold'),
    threshold: z.number().min(0, 'the threshold λ is compared with magnitudes and cannot be negative'),
  }),
]);
export type AmountChoice = z.infer<typeof amountSchema>;

/** What one layer loses, whatever the others do: a share of its own weights or units, or nothing at all. */
export const layerChoiceSchema = z.union([z.literal('locked'), z.strictObject({ sparsity: sparsitySchema })]);
export type LayerChoice = z.infer<typeof layerChoiceSchema>;
/** By the layer's name, as `secateur inspect` lists them. */
export const layerChoicesSchema = z.record(z.string(), layerChoiceSchema).readonly();
export type LayerChoices = z.infer<typeof layerChoicesSchema>;

/** How the policy heals. */
export const recoveryChoiceSchema = z.strictObject({
  /** A recovery's name: none, distill, fine-tune, redo, evolve. */
  method: z.string(),
  /** Gradient updates in all, spread over the schedule; generations for `evolve`; ignored by `none`. */
  updates: z.int().min(0).max(10_000_000),
});

/**
 * What begins again after every cut of a gradual schedule: the recovery's learning rate, or that and the weights, which go
 * back to those of the policy that is pruned.
 */
export const rewindSchema = z.enum(['nothing', 'learning-rate', 'weights']);
export type Rewind = z.infer<typeof rewindSchema>;

/** Layers keep a multiple of so many units, as far as they have them; 1 lets them keep any number. */
export const multipleSchema = z.int().min(1).max(4096);

/** The five choices of pruning, by hand. Names are looked up in the registries of the engine. */
export const manualMethodSchema = z.strictObject({
  kind: z.literal('manual'),
  criterion: z.string(),
  amount: amountSchema,
  allocation: z.string(),
  /** Layers that the allocation does not decide on; what they leave of the amount is spread over the others. */
  layers: layerChoicesSchema.default({}),
  /** Rounded up, where units are removed: what hardware likes. */
  multiple: multipleSchema.default(1),
  schedule: z.string(),
  /** How often the masks change, for schedules that prune in steps. */
  steps: z.int().min(1).max(10_000),
  recovery: recoveryChoiceSchema,
  rewind: rewindSchema.default('nothing'),
});
export type ManualMethod = z.infer<typeof manualMethodSchema>;

/** The least that has to go for the policy to take at most this many bytes as a model file. */
const bytesTargetSchema = z.strictObject({ kind: z.literal('bytes'), bytes: z.int().min(1) });
/** The least that has to go for one action to take at most this long: the median, batch 1, as reports measure it. */
const latencyTargetSchema = z.strictObject({ kind: z.literal('latency'), microseconds: z.number().positive() });

/**
 * What the automatic search goes for. Bytes and shares of return follow from the seed alone. A latency is measured, and
 * the measurement decides: on another machine, or a busier one, the same recipe may choose another network. The report
 * has the measurement that decided.
 */
export const automaticTargetSchema = z.discriminatedUnion('kind', [
  /** The most that can go while the return on validation seeds keeps this share of the dense one. */
  z.strictObject({
    kind: z.literal('return'),
    /** Share of the dense return to keep (for negative returns, of its distance to the worst), in (0, 1]. */
    keep: z.number().gt(0).max(1),
  }),
  bytesTargetSchema,
  latencyTargetSchema,
]);
export type AutomaticTarget = z.infer<typeof automaticTargetSchema>;

/** Secateur chooses everything but the target. */
export const automaticMethodSchema = z.strictObject({ kind: z.literal('automatic'), target: automaticTargetSchema });

/** The first recipes had the share to keep where the target is now. */
function withTarget(method: unknown): unknown {
  if (typeof method !== 'object' || method === null || !('keep' in method) || 'target' in method) return method;
  const { keep, ...rest } = method;
  return { ...rest, target: { kind: 'return', keep } };
}

/** A pruning that is tuned and measured on episodes. */
export const pruneRecipeSchema = z.strictObject({
  kind: z.literal('prune'),
  ...common,
  /** Absent, as in the first recipes: episodes. */
  basis: z.literal('episodes').optional(),
  source: sourceSchema,
  /** An environment's id: "CartPole-v1". */
  environment: z.string(),
  seeds: seedRangesSchema,
  /** What goes as one piece: weight, neuron, channel, unit (both), hybrid (units, then weights), layer, or N:M such as 2:4. */
  granularity: z.string(),
  method: z.preprocess(withTarget, z.discriminatedUnion('kind', [manualMethodSchema, automaticMethodSchema])),
  export: destinationSchema.nullable(),
});
export type PruneRecipe = z.infer<typeof pruneRecipeSchema>;

/** Observations that were given to the store: by their SHA-256, and the name that the file had. */
export const storedObservationsSchema = z.strictObject({
  kind: z.literal('stored'),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1),
});

/** Observations that the policy has met, raw, one a row: a `.npy`, `.npz` or `.csv`, on disk or in the store. */
const observationsSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1) }),
  storedObservationsSchema,
]);
export type ObservationsSource = z.infer<typeof observationsSourceSchema>;

/** What the automatic search goes for where nothing can be played. */
export const dataTargetSchema = z.discriminatedUnion('kind', [
  /** The most that can go while the agreement with the parent, in states that were held out, is at least this for certain. */
  z.strictObject({ kind: z.literal('agreement'), keep: z.number().gt(0).lt(1) }),
  bytesTargetSchema,
  latencyTargetSchema,
]);
export type DataTarget = z.infer<typeof dataTargetSchema>;

/** A pruning of a policy whose environment is not here: tuned and measured on observations that it has met. */
export const dataPruneRecipeSchema = z.strictObject({
  kind: z.literal('prune'),
  ...common,
  basis: z.literal('observations'),
  source: sourceSchema,
  observations: observationsSourceSchema,
  granularity: z.string(),
  method: z.discriminatedUnion('kind', [
    manualMethodSchema,
    z.strictObject({ kind: z.literal('automatic'), target: dataTargetSchema }),
  ]),
  export: destinationSchema.nullable(),
});
export type DataPruneRecipe = z.infer<typeof dataPruneRecipeSchema>;

export const anyPruneRecipeSchema = z.discriminatedUnion('basis', [pruneRecipeSchema, dataPruneRecipeSchema]);
export type AnyPruneRecipe = z.infer<typeof anyPruneRecipeSchema>;

const namesSchema = z.array(z.string()).min(1).readonly();

/**
 * What a search combines, by the names of the engine's registries. What cannot go together (a criterion of units and the
 * granularity weight) is left out.
 */
export const searchSpaceSchema = z.strictObject({
  granularities: namesSchema,
  criteria: namesSchema,
  allocations: namesSchema,
  sparsities: z.array(sparsitySchema).min(1).readonly(),
  schedules: namesSchema,
  recoveries: namesSchema,
  /** Whether the automatic method of every granularity that has one takes part in the last rung. */
  automatic: z.boolean(),
});
export type SearchSpace = z.infer<typeof searchSpaceSchema>;

/**
 * Successive halving (Jamieson & Talwalkar 2016) over ways of pruning: all are cut and play a little; one in
 * `keepOneIn` goes on to the next rung, where it is healed longer and plays more. Work is counted in trials, updates and
 * episodes; only `seconds` and a latency make the answer depend on the machine, and the report says so.
 */
export const searchRecipeSchema = z.strictObject({
  kind: z.literal('search'),
  ...common,
  source: sourceSchema,
  environment: z.string(),
  seeds: seedRangesSchema,
  target: automaticTargetSchema,
  space: searchSpaceSchema,
  /** Combinations in the first rung; drawn from the space where that has more. */
  trials: z.int().min(1).max(10_000),
  rungs: z.int().min(1).max(6),
  /** 1 cuts nothing. */
  keepOneIn: z.int().min(1).max(16),
  /** Of recovery in the last rung; earlier ones have less, the first of several none. */
  updates: z.int().min(0).max(10_000_000),
  /** After which no trial goes on, shared evenly by the rungs; null for as long as it takes. */
  seconds: z.number().positive().nullable(),
  /** Trials at the same time; null for as many as there are cores. It changes how long it takes, not what comes out. */
  processes: z.int().min(1).max(256).nullable(),
  export: destinationSchema.nullable(),
});
export type SearchRecipe = z.infer<typeof searchRecipeSchema>;

const trainingPruning = {
  granularity: z.string(),
  criterion: z.string(),
  sparsity: sparsitySchema,
  allocation: z.string(),
  /** What heals the policy when the run is over: `distill`, the strongest policy of the run teaches it. Absent: nothing. */
  recovery: z.enum(['none', 'distill']).optional(),
};

/**
 * When to prune unless said otherwise, as shares of the run: late where the strongest policy of the run, which until then
 * learns undisturbed, teaches what is pruned; early where what is pruned has to find out for itself.
 */
export const PRUNING_PHASE = { none: { from: 0.05, to: 0.4 }, distill: { from: 0.9, to: 0.98 } } as const;

/** From dense to sparse, on a schedule over the agent's updates. */
export const gradualPruningSchema = z.strictObject({
  kind: z.literal('gradual'),
  ...trainingPruning,
  schedule: z.string(),
  steps: z.int().min(1).max(10_000),
  /** Shares of the run between which the schedule prunes; Obando-Ceron et al. 2024 use 0.2 and 0.8. */
  from: z.number().min(0).max(1),
  to: z.number().min(0).max(1),
});
export type GradualPruning = z.infer<typeof gradualPruningSchema>;

/**
 * Sparse from the beginning to the end. The criterion chooses the first weights: `random`, any other that looks at the
 * weights alone, or `snip`, which looks at the gradients of the first updates.
 */
export const sparseTrainingSchema = z.strictObject({
  kind: z.literal('sparse'),
  ...trainingPruning,
  /** What becomes of the first choice: static, set or rigl. The other settings do nothing for `static`. */
  topology: z.string(),
  /** Updates between two rewirings. Evci et al. 2020 use 100, in reinforcement learning 250 to 1000 are usual. */
  every: z.int().min(1).max(10_000_000),
  /** Share of a layer's weights that the first rewiring drops; it falls to 0 along a cosine. Evci et al. 2020: 0.3. */
  drop: z.number().gt(0, 'nothing would ever be dropped; use the topology static').max(1),
  /** Share of the run after which the weights stay those that they are. Evci et al. 2020: 0.75. */
  until: z.number().min(0).max(1),
});
export type SparseTraining = z.infer<typeof sparseTrainingSchema>;

/** The first recipes knew one kind and did not name it. */
function withKind(pruning: unknown): unknown {
  const unnamed = typeof pruning === 'object' && pruning !== null && !('kind' in pruning);
  return unnamed ? { kind: 'gradual', ...pruning } : pruning;
}

/** Pruning inside the training loop. */
export const trainingPruningSchema = z.discriminatedUnion('kind', [gradualPruningSchema, sparseTrainingSchema]);
export type TrainingPruning = z.infer<typeof trainingPruningSchema>;

const training = {
  environment: z.string(),
  seeds: seedRangesSchema,
  /** Environment steps, over all environments that step together. */
  steps: z.int().min(1).max(1_000_000_000),
  pruning: z.preprocess(withKind, trainingPruningSchema.nullable()),
  /** Beside the best policy on validation episodes, keep that of the last step as well. Absent: no. */
  keepLast: z.boolean().optional(),
  /**
   * Threads that step environments, that of the run among them. It changes how long a run takes, not what comes out.
   * Absent: 1. More pay where a step takes tens of microseconds, as in LunarLander, and cores are free.
   */
  environmentThreads: z.int().min(1).max(256).optional(),
  /** Folder for what is measured, as TensorBoard event file and CSV, in a folder of the run's own. Absent: the store alone has it. */
  log: z.string().min(1).optional(),
  export: destinationSchema.nullable(),
};
const operation = { kind: z.literal('train'), ...common };

/** The algorithm's settings stand under its name. */
export const trainRecipeSchema = z.discriminatedUnion('algorithm', [
  z.strictObject({ ...operation, algorithm: z.literal('dqn'), ...training, dqn: dqnConfigSchema }),
  z.strictObject({ ...operation, algorithm: z.literal('ppo'), ...training, ppo: ppoConfigSchema }),
  z.strictObject({ ...operation, algorithm: z.literal('a2c'), ...training, a2c: a2cConfigSchema }),
]);
export type TrainRecipe = z.infer<typeof trainRecipeSchema>;
export type TrainRecipeOf<A extends TrainRecipe['algorithm']> = Extract<TrainRecipe, { algorithm: A }>;

export const evaluateRecipeSchema = z.strictObject({
  kind: z.literal('evaluate'),
  ...common,
  source: sourceSchema,
  /** Plays the same episodes, for the difference and the agreement of actions. */
  baseline: sourceSchema.nullable(),
  environment: z.string(),
  seeds: seedRangesSchema,
  purpose: z.enum(['validation', 'test']),
});
export type EvaluateRecipe = z.infer<typeof evaluateRecipeSchema>;

export const exportRecipeSchema = z.strictObject({
  kind: z.literal('export'),
  ...common,
  source: sourceSchema,
  /** Where the states come from that files are checked on; random ones when null. */
  environment: z.string().nullable(),
  export: destinationSchema,
});
export type ExportRecipe = z.infer<typeof exportRecipeSchema>;

export const recipeSchema = z.discriminatedUnion('kind', [
  trainRecipeSchema,
  anyPruneRecipeSchema,
  searchRecipeSchema,
  evaluateRecipeSchema,
  exportRecipeSchema,
]);
export type Recipe = z.infer<typeof recipeSchema>;

/** The environment that a recipe names; null where it names none. */
export const environmentIn = (recipe: Recipe): string | null => ('environment' in recipe ? recipe.environment : null);
