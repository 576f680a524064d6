// What the host and a worker say to each other: one request in, events out, one result or one problem at the end.
import { z } from 'zod';
import { catalogueSchema, describedEnvironmentSchema } from './catalogue.ts';
import { logLevelSchema } from './entity.ts';
import { recordedEpisodeSchema } from './episode.ts';
import { estimateQuestionSchema, estimateReportSchema } from './estimate.ts';
import { evaluationReportSchema } from './evaluation.ts';
import { explanationSchema } from './explanation.ts';
import { modelDescriptionSchema } from './model.ts';
import { describedObservationsSchema } from './observations.ts';
import { pythonVersionsSchema } from './python.ts';
import { anyPruneReportSchema, networkCountSchema } from './prune-report.ts';
import {
  evaluateRecipeSchema,
  exportRecipeSchema,
  anyPruneRecipeSchema,
  pruneRecipeSchema,
  recipeSchema,
  searchRecipeSchema,
  trainRecipeSchema,
} from './recipe.ts';
import { saliencySchema } from './saliency.ts';
import { sensitivityQuestionSchema, sensitivityReportSchema } from './sensitivity.ts';
import { problemSchema } from './secateur-error.ts';
import { searchPlanSchema, trialMeasurementSchema } from './search.ts';
import { kernelValuesSchema, modelStatisticsSchema } from './statistics.ts';

/** Plain bytes: a Buffer of Node becomes the array that it is, since its `slice` shares memory instead of copying. */
const bytesSchema = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
  .transform((bytes) =>
    Object.getPrototypeOf(bytes) === Uint8Array.prototype
      ? bytes
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
export const namedFileSchema = z.strictObject({ name: z.string(), bytes: bytesSchema });
export type NamedFile = z.infer<typeof namedFileSchema>;

/** A model as a worker hands it over: the model file, and what can be said of it without reading that again. */
export const madeModelSchema = z.strictObject({
  bytes: bytesSchema,
  description: modelDescriptionSchema,
  count: networkCountSchema,
});
export type MadeModel = z.infer<typeof madeModelSchema>;

/** One job. Models travel as Secateur model files (safetensors with the description as metadata). */
export const jobRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('import'),
    file: namedFileSchema,
    normalizer: namedFileSchema.nullable(),
    /** What the model is for: checked with it, so that a model that does not fit is never stored. */
    recipe: recipeSchema.nullable(),
  }),
  /** Whether a recipe's names and seeds are sound, before anything is made for it. */
  z.strictObject({ kind: z.literal('check'), recipe: recipeSchema }),
  z.strictObject({
    kind: z.literal('train'),
    recipe: trainRecipeSchema,
    /** Where the run goes on from; null for a new one. */
    checkpoint: bytesSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('prune'),
    recipe: anyPruneRecipeSchema,
    model: bytesSchema,
    /** The file of observations that the recipe names; null where it names an environment. */
    observations: namedFileSchema.nullable(),
  }),
  /** Whether a file of observations is one for this model, and what is in it. */
  z.strictObject({ kind: z.literal('observations'), file: namedFileSchema, model: bytesSchema }),
  /** What a search is to try. */
  z.strictObject({ kind: z.literal('plan'), recipe: searchRecipeSchema, model: bytesSchema }),
  /** One trial of it. */
  z.strictObject({
    kind: z.literal('trial'),
    recipe: pruneRecipeSchema,
    model: bytesSchema,
    /** Of validation that it plays, from the first on. */
    episodes: z.int().min(2),
    /** Whether its latency is measured. */
    timed: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('evaluate'),
    recipe: evaluateRecipeSchema,
    model: bytesSchema,
    /** The model it is compared with on the same episodes. */
    baseline: bytesSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal('export'), recipe: exportRecipeSchema, model: bytesSchema }),
  /** How important each weight or unit is. */
  z.strictObject({
    kind: z.literal('saliency'),
    model: bytesSchema,
    /** Where the policy is watched; null is enough for criteria that look at the weights alone. */
    environment: z.string().nullable(),
    criterion: z.string(),
    granularity: z.string(),
    seed: z.int().min(0),
    backend: z.string(),
  }),
  /** What its layers are made of, in numbers. */
  z.strictObject({ kind: z.literal('statistics'), model: bytesSchema }),
  /** What it looks at, in the words of its environment. */
  z.strictObject({ kind: z.literal('explain'), model: bytesSchema, playedIn: z.string().nullable() }),
  /** The weights of one layer. */
  z.strictObject({ kind: z.literal('kernel'), model: bytesSchema, layer: z.string() }),
  /** What the return does when single layers are pruned; makes no model. */
  z.strictObject({ kind: z.literal('sensitivity'), ...sensitivityQuestionSchema.shape, model: bytesSchema }),
  /** What pruning by hand would leave at every amount; plays nothing. */
  z.strictObject({ kind: z.literal('estimate'), ...estimateQuestionSchema.shape, model: bytesSchema }),
  /** Episodes to be watched, of one seed after the other. */
  z.strictObject({
    kind: z.literal('episodes'),
    model: bytesSchema,
    environment: z.string(),
    /** Seed of the first. */
    first: z.int().min(0),
    /** Episodes at most, and steps after which there is no other. */
    most: z.int().min(1),
    enoughSteps: z.int().min(1),
    /** Of one episode. */
    mostSteps: z.int().min(1),
  }),
  /** Whether a backend loads here, and how fast it is. */
  z.strictObject({ kind: z.literal('probe'), backend: z.string() }),
  /** What there is to choose from. */
  z.strictObject({ kind: z.literal('catalogue') }),
  /** What an environment is that the catalogue may not know: one that Python has. */
  z.strictObject({ kind: z.literal('environment'), environment: z.string() }),
  /** What Python has. */
  z.strictObject({ kind: z.literal('python') }),
]);
export type JobRequest = z.infer<typeof jobRequestSchema>;

/** Host → worker. `stop` ends early and keeps what is there, paused or not; an abort is the end of the process. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    request: jobRequestSchema,
    /** Which Python the person has chosen, if any: `Settings`. */
    python: z.string().min(1).optional(),
  }),
  z.strictObject({ type: z.literal('stop') }),
  /** Holds at the next breath, until told to go on. */
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('continue') }),
  /** Somebody looks: show the policy as it is now, once. */
  z.strictObject({ type: z.literal('watch') }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

export const progressSchema = z.strictObject({
  /** What is being done, in plain words: "pruning 98 % of the weights". */
  stage: z.string(),
  done: z.number(),
  total: z.number(),
  /** What is counted: "updates", "episodes". */
  unit: z.string(),
});
export type Progress = z.infer<typeof progressSchema>;

export const metricSchema = z.strictObject({
  name: z.string(),
  step: z.int().min(0),
  /** null where it was not finite. */
  value: z.number().nullable(),
});
export type Metric = z.infer<typeof metricSchema>;

/** A file that an export wrote, and how it was checked: read back and compared with the model. */
export const exportCheckSchema = z.strictObject({
  format: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int() })).readonly(),
  /** The software that read the file back: "onnxruntime-node 1.30.0". */
  reader: z.string(),
  states: z.int(),
  /** Largest absolute difference of any output on any state. */
  largestDifference: z.number(),
  /** States where the action differs although the two best outputs differ by more than the tolerance. */
  differentActions: z.int(),
  medianMicroseconds: z.number().nullable(),
});
export type ExportCheck = z.infer<typeof exportCheckSchema>;

/** A backend measured on one DQN-like update and one inference of a 4-256-256-2 network. */
export const backendProbeSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** Median of one update at batch 64: forward, backward, Adam. */
  updateMicroseconds: z.number(),
  /** Median of one forward pass at batch 1. */
  inferenceMicroseconds: z.number(),
});

export const jobResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('import'),
    model: madeModelSchema,
    format: z.string(),
    notes: z.array(z.string()).readonly(),
  }),
  z.strictObject({ kind: z.literal('check') }),
  z.strictObject({
    kind: z.literal('train'),
    model: madeModelSchema,
    validation: evaluationReportSchema,
    test: evaluationReportSchema,
    /** The policy of the last step, where the recipe keeps it. */
    last: z.strictObject({ model: madeModelSchema, test: evaluationReportSchema }).nullable(),
    stopped: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('prune'), model: madeModelSchema, report: anyPruneReportSchema }),
  z.strictObject({ kind: z.literal('observations'), described: describedObservationsSchema }),
  z.strictObject({ kind: z.literal('plan'), plan: searchPlanSchema }),
  z.strictObject({ kind: z.literal('trial'), measured: trialMeasurementSchema }),
  z.strictObject({
    kind: z.literal('evaluate'),
    report: evaluationReportSchema,
    baseline: evaluationReportSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('export'),
    files: z.array(namedFileSchema).readonly(),
    checks: z.array(exportCheckSchema).readonly(),
  }),
  z.strictObject({ kind: z.literal('saliency'), saliency: saliencySchema }),
  z.strictObject({ kind: z.literal('statistics'), statistics: modelStatisticsSchema }),
  z.strictObject({ kind: z.literal('explain'), explanation: explanationSchema }),
  z.strictObject({ kind: z.literal('kernel'), kernel: kernelValuesSchema }),
  /** Null when it was stopped before anything was measured. */
  z.strictObject({ kind: z.literal('sensitivity'), report: sensitivityReportSchema.nullable() }),
  z.strictObject({ kind: z.literal('estimate'), report: estimateReportSchema }),
  z.strictObject({ kind: z.literal('episodes'), episodes: z.array(recordedEpisodeSchema).min(1).readonly() }),
  z.strictObject({ kind: z.literal('probe'), probe: backendProbeSchema }),
  z.strictObject({ kind: z.literal('catalogue'), catalogue: catalogueSchema }),
  z.strictObject({ kind: z.literal('environment'), described: describedEnvironmentSchema }),
  z.strictObject({ kind: z.literal('python'), versions: pythonVersionsSchema }),
]);
export type JobResult = z.infer<typeof jobResultSchema>;

/** Worker → host, in order; `result` or `failed` is the last. */
export const workerMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), backend: z.string(), backendVersion: z.string() }),
  z.strictObject({ type: z.literal('progress'), progress: progressSchema }),
  z.strictObject({ type: z.literal('metrics'), metrics: z.array(metricSchema).readonly() }),
  z.strictObject({ type: z.literal('log'), level: logLevelSchema, text: z.string() }),
  /** It holds, or goes on. */
  z.strictObject({ type: z.literal('paused'), paused: z.boolean() }),
  /** What plays at this step of the run, as a model file: the answer to `watch`. */
  z.strictObject({ type: z.literal('policy'), step: z.int().min(0), bytes: bytesSchema }),
  /** All that the run needs to go on from here, after the metrics up to here. */
  z.strictObject({ type: z.literal('checkpoint'), step: z.int().min(0), bytes: bytesSchema }),
  z.strictObject({ type: z.literal('result'), result: jobResultSchema }),
  z.strictObject({ type: z.literal('failed'), problem: problemSchema }),
]);
export type WorkerMessage = z.infer<typeof workerMessageSchema>;
