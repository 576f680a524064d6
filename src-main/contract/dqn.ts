// The settings of a DQN agent (Mnih et al. 2015), one flat record. SB3 is Stable-Baselines3 and its DQN class.
import { z } from 'zod';
import { convolutionsSchema } from './convolution.ts';
import { activationSchema } from './network.ts';
import { optimizerSchema } from './optimizer.ts';

/** Transitions are drawn in proportion to (|δ| + ε)^α, and weighted against that (Schaul et al. 2016). */
const prioritizedReplaySchema = z.strictObject({
  /** α: 0 draws evenly, 1 in proportion to the error. Schaul et al., table 3, proportional: 0.6. */
  alpha: z.number().min(0).max(1).default(0.6),
  /** β at the start of the run, the exponent of the importance weights; it rises linearly to 1. Theirs: 0.4. */
  beta: z.number().min(0).max(1).default(0.4),
  /** ε, so that what has been learnt perfectly is drawn at times. OpenAI Baselines: 1e-6. */
  epsilon: z.number().positive().default(1e-6),
});
export type PrioritizedReplay = z.infer<typeof prioritizedReplaySchema>;

export const dqnConfigSchema = z.strictObject({
  /** Absent: none. */
  convolutions: convolutionsSchema.optional(),
  /** Units per hidden layer, input side first; ignored when a given model is trained further. SB3: 64, 64. */
  hiddenUnits: z.array(z.int().min(1).max(65_536)).min(1).max(32).readonly(),
  /** Of the hidden layers. SB3: relu. */
  activation: activationSchema,
  /** Value and advantage streams, each with a last hidden layer of its own (Wang et al. 2016). SB3: no. */
  dueling: z.boolean(),
  /** Constant over the run. SB3: 1e-4. */
  learningRate: z.number().positive(),
  /** SB3: Adam with PyTorch's β = (0.9, 0.999), ε = 1e-8. */
  optimizer: optimizerSchema,
  /** Global L2 norm that gradients are scaled down to; null leaves them as they are. SB3: 10. */
  maxGradientNorm: z.number().positive().nullable(),
  /** Of the TD error, mean over the batch; `huber` turns linear at an error of 1. SB3: huber. */
  loss: z.enum(['huber', 'mse']),
  /** Transitions per gradient step. SB3: 32. */
  batchSize: z.int().min(1).max(65_536),
  /** Transitions that are remembered. SB3: 1 000 000. */
  bufferSize: z.int().min(1).max(10_000_000),
  /** Environment steps before the first gradient step. SB3: 100. */
  learningStarts: z.int().min(0),
  /** Discount per environment step. SB3: 0.99. */
  gamma: z.number().min(0).max(1),
  /** Environment steps between copies of the online network to the target network. SB3: 10 000. */
  targetUpdateInterval: z.int().min(1),
  /** Environment steps between rounds of gradient steps. SB3: 4. */
  trainFrequency: z.int().min(1),
  /** Gradient steps per round. SB3: 1. */
  gradientSteps: z.int().min(1),
  /** Share of the run over which exploration falls linearly from initial to final. SB3: 0.1. */
  explorationFraction: z.number().min(0).max(1),
  /** Probability of a random action at the start; small when a trained policy is to recover. SB3: 1. */
  explorationInitial: z.number().min(0).max(1),
  /** Probability of a random action in the end. SB3: 0.05. */
  explorationFinal: z.number().min(0).max(1),
  /** The online network chooses the next action, the target network values it (van Hasselt et al. 2016). SB3: no. */
  doubleQ: z.boolean(),
  /** Environment steps of reward before bootstrapping (Sutton 1988; in DQN: Hessel et al. 2018). SB3: 1. */
  nStep: z.int().min(1).max(100),
  /** By running mean and variance, which end up in the network's input (VecNormalize of SB3). Absent: no. */
  normalizeObservations: z.boolean().optional(),
  /**
   * Recycles dormant units (Sokar et al. 2023, ReDo): those that are at most `threshold` (τ) as loud as the mean of their
   * layer, every so many gradient steps. They use 0.025 or 0.1, and 1000. Absent: never.
   */
  redo: z
    .strictObject({
      threshold: z.number().min(0).max(1).default(0.025),
      every: z.int().min(1).max(10_000_000).default(1000),
    })
    .optional(),
  /** Absent: transitions are drawn evenly. Not in SB3. */
  prioritizedReplay: prioritizedReplaySchema.optional(),
});
export type DqnConfig = z.infer<typeof dqnConfigSchema>;
