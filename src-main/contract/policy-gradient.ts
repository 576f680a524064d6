// The settings of the policy-gradient agents, one flat record each: PPO (Schulman et al. 2017) and A2C (Mnih et al. 2016).
// SB3 is Stable-Baselines3 and its classes PPO and A2C; where they differ, both defaults are given in this order.
import { z } from 'zod';
import { convolutionsSchema } from './convolution.ts';
import { activationSchema } from './network.ts';
import { optimizerSchema } from './optimizer.ts';

/** `linear` falls to 0 over the run. */
const scheduleSchema = z.enum(['constant', 'linear']);

const policyGradientSettings = {
  /**
   * Policy and critic share them, and the hidden layers after them, as those of SB3 for pictures. Absent: none, and they
   * share nothing.
   */
  convolutions: convolutionsSchema.optional(),
  /** Units per hidden layer, input side first, of the policy and of the critic. SB3: 64, 64; for pictures 512. */
  hiddenUnits: z.array(z.int().min(1).max(65_536)).min(1).max(32).readonly(),
  /** Of the hidden layers. SB3: tanh. */
  activation: activationSchema,
  /** Environments that step together. SB3: 1. */
  environments: z.int().min(1).max(4096),
  /** Steps of every environment between two rounds of learning. SB3: 2048, 5. */
  nSteps: z.int().min(1).max(1_000_000),
  /** Discount per environment step. SB3: 0.99. */
  gamma: z.number().min(0).max(1),
  /** λ of generalised advantage estimation; 1 is the discounted return minus the value. SB3: 0.95, 1. */
  gaeLambda: z.number().min(0).max(1),
  /** At the start of the run. SB3: 3e-4, 7e-4. */
  learningRate: z.number().positive(),
  /** SB3: constant. */
  learningRateSchedule: scheduleSchema,
  /** SB3: Adam with ε = 1e-5, RMSprop with α = 0.99 and ε = 1e-5. */
  optimizer: optimizerSchema,
  /** Global L2 norm that gradients are scaled down to; null leaves them as they are. SB3: 0.5. */
  maxGradientNorm: z.number().positive().nullable(),
  /** Weight of the entropy bonus. SB3: 0. */
  entropyCoefficient: z.number().min(0),
  /** Weight of the critic's squared error. SB3: 0.5. */
  valueCoefficient: z.number().min(0),
  /** Advantages of a batch get mean 0 and variance 1. SB3: yes, no. */
  normalizeAdvantages: z.boolean(),
  /** By running mean and variance, which end up in the network's input (VecNormalize of SB3). SB3: no. */
  normalizeObservations: z.boolean(),
  /** By the running deviation of the discounted return (VecNormalize of SB3). SB3: no. */
  normalizeRewards: z.boolean(),
  /** log σ of continuous actions at the start, the same in every state. SB3: 0. */
  initialLogStd: z.number().min(-20).max(2),
};

export const a2cConfigSchema = z.strictObject(policyGradientSettings);
export type A2cConfig = z.infer<typeof a2cConfigSchema>;

export const ppoConfigSchema = z.strictObject({
  ...policyGradientSettings,
  /** Steps per gradient step. SB3: 64. */
  batchSize: z.int().min(1).max(65_536),
  /** How often a round of learning goes over what was played. SB3: 10. */
  epochs: z.int().min(1).max(1000),
  /** ε: how far the probability ratio may move before it stops paying, at the start of the run. SB3: 0.2. */
  clip: z.number().positive(),
  /** SB3: constant. */
  clipSchedule: scheduleSchema,
  /** How far the critic may move from its earlier estimate before it stops paying; null: any. SB3: null. */
  valueClip: z.number().positive().nullable(),
});
export type PpoConfig = z.infer<typeof ppoConfigSchema>;
