// What a model's layers are made of, in numbers small enough to keep: what the inspector shows before anything is chosen.
import { z } from 'zod';
import { floatsSchema } from './floats.ts';

const countSchema = z.int().min(0);
const shapeSchema = z.array(z.int().min(1)).readonly();

/** Bins on each side of zero: weights have long tails, and what is pruned lies in the middle. */
export const HISTOGRAM_SIDE = 1024;

/**
 * Bin i counts the weights in [i − side, i − side + 1)·width; weights that are exactly zero are counted apart. The width
 * is a power of two, so that histograms of different widths are brought onto one by adding neighbours, without error.
 */
export const histogramSchema = z.strictObject({
  width: z.number().positive(),
  counts: z.array(countSchema).readonly(),
});
export type Histogram = z.infer<typeof histogramSchema>;

/** Of the weights of a kernel that are not zero. */
export const livingWeightsSchema = z.strictObject({
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Of the population, with n. */
  standardDeviation: z.number(),
  /** Of |w|: the smallest, then at every hundredth up to the largest. */
  magnitudeQuantiles: z.array(z.number()).length(101).readonly(),
  histogram: histogramSchema,
});

export const kernelStatisticsSchema = z.strictObject({
  /** Dense [inputs, units], convolution [height, width, channels, filters]. */
  shape: shapeSchema,
  weights: countSchema,
  zeros: countSchema,
  units: countSchema,
  /** Multiply-accumulates of one forward pass, zeros included, and without them. */
  macs: countSchema,
  nonzeroMacs: countSchema,
  /** Σ|w| and √Σw². */
  l1: z.number(),
  l2: z.number(),
  /** Null when nothing is left. */
  living: livingWeightsSchema.nullable(),
  /** √Σw² over the weights that lead into each unit. */
  unitNorms: z.array(z.number()).readonly(),
  /** Where its units can be removed: what goes with each. Null for outputs. */
  group: z
    .strictObject({
      kind: z.enum(['neuron', 'channel']),
      /** Weights that lead into one unit. */
      incoming: countSchema,
      /** Weights that read one unit, in all layers. */
      outgoing: countSchema,
    })
    .nullable(),
});
export type KernelStatistics = z.infer<typeof kernelStatisticsSchema>;

export const layerStatisticsSchema = z.strictObject({
  layer: z.string(),
  inputShape: shapeSchema,
  outputShape: shapeSchema,
  /** Null for a layer without parameters. */
  kernel: kernelStatisticsSchema.nullable(),
});
export type LayerStatistics = z.infer<typeof layerStatisticsSchema>;

/** In forward order, trunk first. */
export const modelStatisticsSchema = z.array(layerStatisticsSchema).readonly();
export type ModelStatistics = z.infer<typeof modelStatisticsSchema>;

/** One layer's numbers themselves, row-major, with zeros where they are pruned. */
export const kernelValuesSchema = z.strictObject({
  layer: z.string(),
  shape: shapeSchema,
  values: floatsSchema,
  bias: floatsSchema,
});
export type KernelValues = z.infer<typeof kernelValuesSchema>;
