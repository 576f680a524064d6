// What pruning did: both models measured the same way, the trials on the way, and the proof of surgery.
import { z } from 'zod';
import { explanationSchema } from './explanation.ts';
import { evaluationReportSchema, latencySchema, returnDifferenceSchema } from './evaluation.ts';

const countSchema = z.int().min(0);

export const layerCountSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['dense', 'conv2d']),
  kernelShape: z.array(countSchema).readonly(),
  weights: countSchema,
  nonzeroWeights: countSchema,
  units: countSchema,
  macs: countSchema,
  nonzeroMacs: countSchema,
});

export const networkCountSchema = z.strictObject({
  layers: z.array(layerCountSchema).readonly(),
  weights: countSchema,
  nonzeroWeights: countSchema,
  parameters: countSchema,
  hiddenUnits: countSchema,
  macs: countSchema,
  nonzeroMacs: countSchema,
});

export type NetworkCount = z.infer<typeof networkCountSchema>;

/** One model as it was measured; nothing here is estimated. */
export const modelMeasurementSchema = z.strictObject({
  count: networkCountSchema,
  /** Of the policy as a model file, biases and description included. */
  bytes: countSchema,
  validation: evaluationReportSchema,
  test: evaluationReportSchema,
  latency: latencySchema,
});
export type ModelMeasurement = z.infer<typeof modelMeasurementSchema>;

/** One amount that was tried. */
export const pruningTrialSchema = z.strictObject({
  /** What was removed in it: of a search in stages, the stage's. */
  granularity: z.string(),
  /** Share of the dense policy's weights (or units, where these are all that is removed) that is gone. */
  sparsity: z.number(),
  weights: countSchema,
  hiddenUnits: countSchema,
  /** What healed it: "distillation", "distillation, then evolution". */
  recovery: z.string(),
  /** On validation seeds. */
  meanReturn: z.number(),
  keptShare: z.number(),
  accepted: z.boolean(),
});
export type PruningTrial = z.infer<typeof pruningTrialSchema>;

/** What the policy was allowed to cost, and what was measured when that was decided. */
export const budgetReportSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bytes'),
    allowed: countSchema,
    /** Of the policy as a model file. */
    measured: countSchema,
    met: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('latency'),
    /** Microseconds. */
    allowed: z.number(),
    /** Its median is what counts. `pruned.latency` was measured once more, later. */
    measured: latencySchema,
    met: z.boolean(),
  }),
]);
export type BudgetReport = z.infer<typeof budgetReportSchema>;

export const pruneReportSchema = z.strictObject({
  environment: z.string(),
  granularity: z.string(),
  method: z.enum(['automatic', 'manual']),
  /** What computed: "secateur kernels 1 (relaxed-simd)". */
  backend: z.string(),
  /** Share of the dense return asked for; null when something else was. */
  keep: z.number().nullable(),
  /** Null when none was given. */
  budget: budgetReportSchema.nullable(),
  dense: modelMeasurementSchema,
  pruned: modelMeasurementSchema,
  /** Pruned − dense on the same test episodes. */
  testDifference: returnDifferenceSchema,
  /** Shares of the dense return (above the worst possible one where returns are negative). */
  keptOnValidation: z.number(),
  keptOnTest: z.number(),
  trials: z.array(pruningTrialSchema).readonly(),
  /** The largest sparsity of any trial that kept the asked share on validation; null when none did. */
  feasiblePruningRate: z.number().nullable(),
  /**
   * The compacted network answered as the masked one on this many states, within this difference. Where layers were
   * merged by hand, the difference of that, on the states it was done for, counts too.
   */
  surgery: z.strictObject({ states: countSchema, largestDifference: z.number() }),
  /** Of the pruned policy; null in reports of before it was looked for. */
  explanation: explanationSchema.nullable().default(null),
  /** The person stopped it early; this is what there was. */
  stopped: z.boolean(),
  seconds: z.number(),
});
export type PruneReport = z.infer<typeof pruneReportSchema>;
