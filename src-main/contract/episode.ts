// A whole episode as it was played: what there was to see, what was done, and what the policy said in each state.
import { z } from 'zod';
import { sceneSchema, shapeSchema } from './environment.ts';

export const recordedEpisodeSchema = z.strictObject({
  /** "CartPole-v1" */
  environment: z.string(),
  seed: z.int().min(0),
  /** How fast it is meant to be watched. */
  stepsPerSecond: z.number().positive(),
  bounds: sceneSchema.shape.bounds,
  /** What frames are put together from; what stands still is here once. */
  shapes: z.array(shapeSchema).readonly(),
  /** Before the first action and after each: indices of shapes, later ones on top. */
  frames: z
    .array(z.array(z.int().min(0)).readonly())
    .min(1)
    .readonly(),
  /** Indices of discrete actions, vectors of continuous ones. */
  actions: z.array(z.union([z.int().min(0), z.array(z.number()).readonly()])).readonly(),
  rewards: z.array(z.number()).readonly(),
  /** What the policy's head said in the state that each action was taken in. */
  outputs: z.array(z.array(z.number()).readonly()).readonly(),
  outputKind: z.enum(['action values', 'logits', 'means']),
  /** `cut`: the recording ended before the episode. */
  end: z.enum(['terminated', 'truncated', 'cut']),
});
export type RecordedEpisode = z.infer<typeof recordedEpisodeSchema>;
