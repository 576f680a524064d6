// What pruning did: both models measured the same way, the trials on the way, and the proof of surgery.
import { z } from 'zod';
import { sha256Schema } from './entity.ts';
import { explanationSchema } from './explanation.ts';
import { evaluationReportSchema, intervalSchema, latencySchema, returnDifferenceSchema } from './evaluation.ts';

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

/** What a model costs, measured; nothing here is estimated. */
export const modelCostSchema = z.strictObject({
  count: networkCountSchema,
  /** Of the policy as a model file, biases and description included. */
  bytes: countSchema,
  latency: latencySchema,
});
export type ModelCost = z.infer<typeof modelCostSchema>;

/** One model as it was measured, on episodes. */
export const modelMeasurementSchema = z.strictObject({
  ...modelCostSchema.shape,
  validation: evaluationReportSchema,
  test: evaluationReportSchema,
});
export type ModelMeasurement = z.infer<typeof modelMeasurementSchema>;

/** How much a pruned policy decides like its parent in states that pruning has not seen. */
export const heldOutAgreementSchema = z.strictObject({
  kind: z.enum(['discrete', 'continuous']),
  states: z.int().min(1),
  /**
   * Discrete: the share of states with the same greedy action. Continuous: 1 − the mean difference of the components of the
   * mean action, in units of how much the parent's own action varies: 1 is the same, 0 no nearer than its average action.
   */
  mean: z.number().max(1),
  /** 95 %, over blocks of neighbouring rows, since neighbours are alike. */
  interval: intervalSchema,
});
export type HeldOutAgreement = z.infer<typeof heldOutAgreementSchema>;

/** One amount that was tried. */
export const pruningTrialSchema = z.strictObject({
  /** What was removed in it: of a search in stages, the stage's. */
  granularity: z.string(),
  /** Share of the dense policy's weights (or units, where these are all that is removed) that is gone. */
  sparsity: z.number(),
  weights: countSchema,
  hiddenUnits: countSchema,
  /** What healed it: "distillation", "distillation, then evolution"; and "polished" where the last choice learnt on. */
  recovery: z.string(),
  /** On validation seeds; null where nothing could be played. */
  meanReturn: z.number().nullable(),
  /** Of the dense return; where nothing could be played the agreement with the parent. */
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

const shared = {
  granularity: z.string(),
  method: z.enum(['automatic', 'manual']),
  /** What computed: "secateur kernels 1 (relaxed-simd)". */
  backend: z.string(),
  /** Share of the dense return, or agreement with the parent, that was asked for; null when something else was. */
  keep: z.number().nullable(),
  /** Null when none was given. */
  budget: budgetReportSchema.nullable(),
  trials: z.array(pruningTrialSchema).readonly(),
  /** The largest sparsity of any trial that kept what was asked on validation; null when none did. */
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
};

/** Of a pruning that answers to the return. */
export const pruneReportSchema = z.strictObject({
  ...shared,
  /** Absent, as in the first reports: the return. */
  measure: z.literal('return').optional(),
  environment: z.string(),
  dense: modelMeasurementSchema,
  pruned: modelMeasurementSchema,
  /** Pruned − dense on the same test episodes. */
  testDifference: returnDifferenceSchema,
  /** Shares of the dense return (above the worst possible one where returns are negative). */
  keptOnValidation: z.number(),
  keptOnTest: z.number(),
});
export type PruneReport = z.infer<typeof pruneReportSchema>;

/** Of a pruning that answers to the agreement with the parent: no episode was played, no return measured. */
export const dataPruneReportSchema = z.strictObject({
  ...shared,
  measure: z.literal('agreement'),
  observations: z.strictObject({
    /** The file's name. */
    file: z.string(),
    sha256: sha256Schema,
    /** In the file, and in each share of it. */
    rows: countSchema,
    train: countSchema,
    validation: countSchema,
    test: countSchema,
  }),
  dense: modelCostSchema,
  pruned: modelCostSchema,
  /** Choices were made on `validation`; nothing was on `test`. */
  agreement: z.strictObject({ validation: heldOutAgreementSchema, test: heldOutAgreementSchema }),
});
export type DataPruneReport = z.infer<typeof dataPruneReportSchema>;

export const anyPruneReportSchema = z.discriminatedUnion('measure', [pruneReportSchema, dataPruneReportSchema]);
export type AnyPruneReport = z.infer<typeof anyPruneReportSchema>;
