// What can be said of a pruned policy from its weights alone, in plain words: what it looks at, and what is constant.
import { z } from 'zod';

const countSchema = z.int().min(0);

/** A feature of a flat observation, or a channel of an image. */
export const inputSchema = z.strictObject({
  index: countSchema,
  /** As the environment calls it; null where it does not. */
  name: z.string().nullable(),
});
export type ExplainedInput = z.infer<typeof inputSchema>;

export const explanationSchema = z.strictObject({
  /** All there are. */
  inputs: countSchema,
  /** Those from which no way over weights that are not zero leads to the action. */
  unread: z.array(inputSchema).readonly(),
  /** Layers that put out the same whatever is observed. */
  constantLayers: z.array(z.string()).readonly(),
  /** Whether the action is always the same. */
  constantAction: z.boolean(),
  /** Weights that are zero and stay in the files of formats that know no sparsity. */
  zeros: countSchema,
  weights: countSchema,
});
export type Explanation = z.infer<typeof explanationSchema>;
