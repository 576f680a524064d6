// What pruning would leave, for choosing an amount: estimates, from masks of weights alone and a short look at the clock.
import { z } from 'zod';
import { layerChoicesSchema, multipleSchema } from './recipe.ts';
import { skippedLayersSchema } from './saliency.ts';

/** From nothing to nearly everything, finer where the last per cent count. */
export const ESTIMATED_SPARSITIES: readonly number[] = [
  ...Array.from({ length: 20 }, (_, i) => (5 * i) / 100),
  0.98,
  0.99,
];

export const estimateQuestionSchema = z.strictObject({
  granularity: z.string(),
  /**
   * One that needs nothing but weights; another may leave other units, and then another size and time. Of whole layers
   * one that ranks them: it is not asked, the largest go first.
   */
  criterion: z.string(),
  /** Any that does not play. */
  allocation: z.string(),
  layers: layerChoicesSchema.default({}),
  multiple: multipleSchema.default(1),
  seed: z.int().min(0),
  backend: z.string(),
});
export type EstimateQuestion = z.infer<typeof estimateQuestionSchema>;

const countSchema = z.int().min(0);

export const pruningEstimateSchema = z.strictObject({
  sparsity: z.number(),
  /** Those that are left, in forward order. */
  layers: z
    .array(z.strictObject({ layer: z.string(), estimatedWeights: countSchema, estimatedUnits: countSchema }))
    .readonly(),
  /** Nonzero ones. */
  estimatedWeights: countSchema,
  /** Hidden ones. */
  estimatedUnits: countSchema,
  /** Of one action, zeros included. */
  estimatedMacs: countSchema,
  /** Of the policy as a model file. */
  estimatedBytes: countSchema,
  /** Median of one action, from few calls. */
  estimatedMicroseconds: z.number().min(0),
});
export type PruningEstimate = z.infer<typeof pruningEstimateSchema>;

export const estimateReportSchema = z.strictObject({
  granularity: z.string(),
  criterion: z.string(),
  allocation: z.string(),
  /** Of the policy as it is: even the smallest amount may remove some, in a pattern or of layers with a share of their own. */
  dense: pruningEstimateSchema,
  /** In ascending order of sparsity: `ESTIMATED_SPARSITIES`, or one for every whole layer that can go. */
  estimates: z.array(pruningEstimateSchema).readonly(),
  /** Sparsities that what was chosen for single layers does not allow. */
  impossible: z.array(z.strictObject({ sparsity: z.number(), message: z.string(), hint: z.string() })).readonly(),
  skipped: skippedLayersSchema,
  /** The person stopped it early; the larger sparsities are missing. */
  stopped: z.boolean(),
});
export type EstimateReport = z.infer<typeof estimateReportSchema>;
