// A policy model as data: its network, how outputs become actions, and where it came from.
import { z } from 'zod';
import { actionSpaceSchema } from './environment.ts';
import { readPattern } from './n-of-m.ts';
import { networkSpecificationSchema } from './network.ts';

export const algorithmSchema = z.enum(['dqn', 'ppo', 'a2c']);
export type Algorithm = z.infer<typeof algorithmSchema>;

/**
 * How a row of outputs becomes an action, deterministically:
 * - `greedy`: argmax of the named head (Q-values, or action logits);
 * - `mean`: the head is the mean of a Gaussian, clipped to the action space; `logStd` per dimension.
 */
export const policySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('greedy'), head: z.string() }),
  z.strictObject({ kind: z.literal('mean'), head: z.string(), logStd: z.array(z.number()).readonly() }),
]);

/** Everything about a model but its numbers. Heads: DQN `q`, or `value` + `advantage`; others `policy`, `value`. */
export const modelDescriptionSchema = z.strictObject({
  algorithm: algorithmSchema,
  network: networkSpecificationSchema,
  policy: policySchema,
  actionSpace: actionSpaceSchema,
  /** Discount factor it was trained with; null when the file does not say. */
  gamma: z.number().min(0).max(1).nullable(),
  /** The N:M that its kernels hold, such as 2:4: a pattern of positions, so that no unit may be cut out. Absent: none. */
  pattern: z
    .string()
    .refine((text) => readPattern(text) !== null, 'no pattern N:M with N < M')
    .optional(),
});
export type ModelDescription = z.infer<typeof modelDescriptionSchema>;
