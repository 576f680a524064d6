// How important every weight or unit of a model is, layer by layer: what the inspector colours and `saliency` lists.
import { z } from 'zod';
import { floatsSchema } from './floats.ts';

export const layerSaliencySchema = z.strictObject({
  layer: z.string(),
  /** Of the kernel; its last dimension are the units. */
  shape: z.array(z.int().min(1)).readonly(),
  /** One per unit, or per entry of the kernel (row-major), or one alone: larger = keep; −Infinity for what is pruned already. */
  scores: floatsSchema,
  /** Null for a criterion that computes its scores instead of estimating them. */
  estimate: z
    .strictObject({
      /** Half the width of the 95 % interval of each score; Infinity where too little was sampled. */
      halfWidths: floatsSchema,
      /** What the scores would add up to if they were exact. */
      total: z.number(),
    })
    .nullable(),
});

/** Layers with weights that could lose nothing at a granularity, and why. */
export const skippedLayersSchema = z.array(z.strictObject({ layer: z.string(), reason: z.string() })).readonly();

export const saliencySchema = z.strictObject({
  criterion: z.string(),
  granularity: z.string(),
  /** Whether there is a score per unit or per weight, or one for the whole layer. */
  of: z.enum(['units', 'weights', 'layers']),
  /** In forward order. */
  layers: z.array(layerSaliencySchema).readonly(),
  skipped: skippedLayersSchema,
});
export type Saliency = z.infer<typeof saliencySchema>;
