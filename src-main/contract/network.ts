// What a network is, as data: layers by name, the preprocessing of its input, and its heads.
import { z } from 'zod';

export const activationSchema = z.enum(['linear', 'relu', 'tanh', 'sigmoid', 'elu']);
export type Activation = z.infer<typeof activationSchema>;

const layerNameSchema = z.string().regex(/^[a-z0-9_]+(\/[a-z0-9_]+)*$/);
const sizeSchema = z.int().min(1).max(1_000_000);
const pairSchema = z.tuple([sizeSchema, sizeSchema]).readonly();
const paddingSchema = z.enum(['valid', 'same']);

/** y = activation(x·kernel + bias); kernel [inputs, units], bias [units]. */
export const denseLayerSchema = z.strictObject({
  kind: z.literal('dense'),
  name: layerNameSchema,
  units: sizeSchema,
  activation: activationSchema,
});

/** NHWC convolution; kernel [height, width, channels, filters] (HWIO), bias [filters]. */
export const conv2dLayerSchema = z.strictObject({
  kind: z.literal('conv2d'),
  name: layerNameSchema,
  filters: sizeSchema,
  kernelSize: pairSchema,
  strides: pairSchema,
  padding: paddingSchema,
  activation: activationSchema,
});

export const maxPoolLayerSchema = z.strictObject({
  kind: z.literal('max-pool'),
  name: layerNameSchema,
  poolSize: pairSchema,
  strides: pairSchema,
  padding: paddingSchema,
});

/** [height, width, channels] → [height·width·channels], channels fastest. */
export const flattenLayerSchema = z.strictObject({ kind: z.literal('flatten'), name: layerNameSchema });

export const layerSchema = z.discriminatedUnion('kind', [
  denseLayerSchema,
  conv2dLayerSchema,
  maxPoolLayerSchema,
  flattenLayerSchema,
]);
export type DenseLayer = z.infer<typeof denseLayerSchema>;
export type Conv2dLayer = z.infer<typeof conv2dLayerSchema>;
export type MaxPoolLayer = z.infer<typeof maxPoolLayerSchema>;
export type Layer = z.infer<typeof layerSchema>;

/** clip((x − mean) / sqrt(variance + epsilon), ±clip), elementwise: VecNormalize of Stable-Baselines3. */
export const normalizerSchema = z.strictObject({
  mean: z.array(z.number()).readonly(),
  variance: z.array(z.number().min(0)).readonly(),
  epsilon: z.number().positive(),
  clip: z.number().positive(),
});
export type Normalizer = z.infer<typeof normalizerSchema>;

export const networkInputSchema = z.strictObject({
  /** [features] or [height, width, channels]; a row of a batch is this, flattened row-major. */
  shape: z.array(sizeSchema).min(1).max(3).readonly(),
  /** Every element is multiplied by this first (1/255 for images). */
  scale: z.number().positive(),
  /** Applied after `scale`; absent when the agent was trained on raw observations. */
  normalizer: normalizerSchema.optional(),
});

export const headSchema = z.strictObject({ name: layerNameSchema, layers: z.array(layerSchema).min(1).readonly() });
export type Head = z.infer<typeof headSchema>;

/**
 * A feed-forward network: input → preprocessing → trunk → every head. One row of output is
 * - `concatenate`: the heads' outputs one after the other (policy logits, then the value);
 * - `dueling`: V + A − mean(A) from the heads `value` and `advantage` (Wang et al. 2016, eq. 9).
 * Separate actor and critic are an empty trunk with two deep heads; a shared trunk has short heads.
 * A layer's parameters are named `<layer>/kernel` and `<layer>/bias`; layer names are unique in the network.
 */
export const networkSpecificationSchema = z.strictObject({
  input: networkInputSchema,
  trunk: z.array(layerSchema).readonly(),
  heads: z.array(headSchema).min(1).readonly(),
  combine: z.enum(['concatenate', 'dueling']),
});
export type NetworkSpecification = z.infer<typeof networkSpecificationSchema>;
