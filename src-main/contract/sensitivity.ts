// How much the return suffers when one layer alone is pruned: what is asked, and what was measured.
import { z } from 'zod';
import { intervalSchema, seedRangesSchema } from './evaluation.ts';
import { sparsitySchema } from './recipe.ts';
import { skippedLayersSchema } from './saliency.ts';

/** Shares that tell a layer that hardly matters from one that matters at once. */
export const DEFAULT_SENSITIVITIES: readonly number[] = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

export const sensitivityQuestionSchema = z.strictObject({
  environment: z.string(),
  granularity: z.string(),
  criterion: z.string(),
  /** Shares of the layer's weights or units to remove, in ascending order; whole layers go whatever they are. */
  sparsities: z.array(sparsitySchema).min(1).max(100).readonly(),
  /** Returns are measured on `validation`; criteria look at states of `train`. */
  seeds: seedRangesSchema,
  seed: z.int().min(0),
  backend: z.string(),
});
export type SensitivityQuestion = z.infer<typeof sensitivityQuestionSchema>;

const measuredReturnSchema = z.strictObject({ meanReturn: z.number(), meanInterval: intervalSchema });

/** One layer at one share, every other layer as it was, nothing healed. */
export const sensitivityPointSchema = z.strictObject({
  /** Asked of the layer; 1 where it goes as a whole. */
  sparsity: z.number(),
  /** Of the whole network: with a unit go the weights by which other layers read it. */
  weightsRemoved: z.int().min(0),
  ...measuredReturnSchema.shape,
  /** Of the dense return, above the worst possible one. */
  keptShare: z.number(),
});
export type SensitivityPoint = z.infer<typeof sensitivityPointSchema>;

export const layerSensitivitySchema = z.strictObject({
  layer: z.string(),
  /** Weights or units, whatever the granularity removes; the units of a layer that goes as a whole. */
  elements: z.int().min(0),
  points: z.array(sensitivityPointSchema).readonly(),
});
export type LayerSensitivity = z.infer<typeof layerSensitivitySchema>;

export const sensitivityReportSchema = z.strictObject({
  environment: z.string(),
  granularity: z.string(),
  criterion: z.string(),
  /** Validation episodes behind every mean. */
  episodes: z.int().min(2),
  dense: measuredReturnSchema,
  worstReturn: z.number(),
  layers: z.array(layerSensitivitySchema).readonly(),
  skipped: skippedLayersSchema,
  /** The person stopped it early; what was measured until then is complete in itself. */
  stopped: z.boolean(),
});
export type SensitivityReport = z.infer<typeof sensitivityReportSchema>;
