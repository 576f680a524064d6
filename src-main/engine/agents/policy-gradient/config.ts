// Policy-gradient settings that are known to work, and what follows from settings: annealing, and when to learn.
import type { Template } from '../../../contract/catalogue.ts';
import type { A2cConfig, PpoConfig } from '../../../contract/policy-gradient.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { Spaces } from '../../environments/environment.ts';
import { GRID_CNN, networkForImages } from '../../networks/convolutions.ts';
import { ADAM, type OptimizerConfig } from '../../numerics/backend.ts';

/** Settings with the algorithm that they are of. */
export type PolicyGradientSettings =
  { readonly algorithm: 'ppo'; readonly config: PpoConfig } | { readonly algorithm: 'a2c'; readonly config: A2cConfig };

/** PyTorch's β with the ε of the PPO of OpenAI Baselines. */
const PPO_ADAM: OptimizerConfig = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-5 };
const A2C_RMSPROP: OptimizerConfig = { kind: 'rmsprop', decay: 0.99, epsilon: 1e-5, centered: false };

/** The defaults of Stable-Baselines3's PPO class. */
export const PPO_DEFAULTS: PpoConfig = {
  hiddenUnits: [64, 64],
  activation: 'tanh',
  environments: 1,
  nSteps: 2048,
  batchSize: 64,
  epochs: 10,
  gamma: 0.99,
  gaeLambda: 0.95,
  clip: 0.2,
  clipSchedule: 'constant',
  valueClip: null,
  learningRate: 3e-4,
  learningRateSchedule: 'constant',
  optimizer: PPO_ADAM,
  maxGradientNorm: 0.5,
  entropyCoefficient: 0,
  valueCoefficient: 0.5,
  normalizeAdvantages: true,
  normalizeObservations: false,
  normalizeRewards: false,
  initialLogStd: 0,
};

/** The defaults of Stable-Baselines3's A2C class. */
export const A2C_DEFAULTS: A2cConfig = {
  hiddenUnits: [64, 64],
  activation: 'tanh',
  environments: 1,
  nSteps: 5,
  gamma: 0.99,
  gaeLambda: 1,
  learningRate: 7e-4,
  learningRateSchedule: 'constant',
  optimizer: A2C_RMSPROP,
  maxGradientNorm: 0.5,
  entropyCoefficient: 0,
  valueCoefficient: 0.5,
  normalizeAdvantages: false,
  normalizeObservations: false,
  normalizeRewards: false,
  initialLogStd: 0,
};

type PpoTemplate = Extract<Template, { algorithm: 'ppo' }>;
type A2cTemplate = Extract<Template, { algorithm: 'a2c' }>;

function ppo(id: string, environment: string, totalSteps: number, changes: Partial<PpoConfig>): PpoTemplate {
  const source = 'rl-baselines3-zoo, hyperparams/ppo.yml';
  return { algorithm: 'ppo', id, environment, source, totalSteps, config: { ...PPO_DEFAULTS, ...changes } };
}

function a2c(id: string, environment: string, totalSteps: number, changes: Partial<A2cConfig>): A2cTemplate {
  const source = 'rl-baselines3-zoo, hyperparams/a2c.yml';
  return { algorithm: 'a2c', id, environment, source, totalSteps, config: { ...A2C_DEFAULTS, ...changes } };
}

/** The zoo's `normalize: true`. */
const NORMALIZED = { normalizeObservations: true, normalizeRewards: true } as const;

const ppoLunarLander: Partial<PpoConfig> = {
  environments: 16,
  nSteps: 1024,
  batchSize: 64,
  gaeLambda: 0.98,
  gamma: 0.999,
  epochs: 4,
  entropyCoefficient: 0.01,
};

/** The zoo's Atari settings, which train for 10 million frames. */
const ppoPixels: Partial<PpoConfig> = {
  activation: 'relu',
  environments: 8,
  nSteps: 128,
  batchSize: 256,
  epochs: 4,
  learningRate: 2.5e-4,
  learningRateSchedule: 'linear',
  clip: 0.1,
  clipSchedule: 'linear',
  entropyCoefficient: 0.01,
};
const a2cPixels: Partial<A2cConfig> = {
  activation: 'relu',
  environments: 16,
  entropyCoefficient: 0.01,
  valueCoefficient: 0.25,
};

/** Those settings with the network of Young & Tian 2019, for a tenth of the frames. */
const minatarTemplate = (game: string): PpoTemplate => ({
  ...ppo(`minatar-ppo-${game.toLowerCase()}`, `MinAtar/${game}`, 1_000_000, { ...ppoPixels, ...GRID_CNN }),
  source: 'rl-baselines3-zoo, hyperparams/ppo.yml (Atari), with the network of MinAtar (Young & Tian 2019)',
});

const ppoTemplates: readonly PpoTemplate[] = [
  ppo('zoo-ppo-cartpole', 'CartPole-v1', 100_000, {
    environments: 8,
    nSteps: 32,
    batchSize: 256,
    gaeLambda: 0.8,
    gamma: 0.98,
    epochs: 20,
    learningRate: 1e-3,
    learningRateSchedule: 'linear',
    clipSchedule: 'linear',
  }),
  ppo('zoo-ppo-acrobot', 'Acrobot-v1', 1_000_000, {
    ...NORMALIZED,
    environments: 16,
    nSteps: 256,
    gaeLambda: 0.94,
    epochs: 4,
  }),
  ppo('zoo-ppo-mountain-car', 'MountainCar-v0', 1_000_000, {
    ...NORMALIZED,
    environments: 16,
    nSteps: 16,
    gaeLambda: 0.98,
    epochs: 4,
  }),
  // The zoo explores by a noise that depends on the state (gSDE); here it is the same in every state.
  ppo('zoo-ppo-pendulum', 'Pendulum-v1', 100_000, {
    environments: 4,
    nSteps: 1024,
    gamma: 0.9,
    epochs: 10,
    learningRate: 1e-3,
  }),
  ppo('zoo-ppo-lunar-lander', 'LunarLander-v3', 1_000_000, ppoLunarLander),
  ppo('zoo-ppo-lunar-lander-continuous', 'LunarLanderContinuous-v3', 1_000_000, ppoLunarLander),
  ...['Breakout-v1', 'SpaceInvaders-v1', 'Asterix-v1', 'Freeway-v1', 'Seaquest-v1'].map(minatarTemplate),
];

const a2cTemplates: readonly A2cTemplate[] = [
  a2c('zoo-a2c-cartpole', 'CartPole-v1', 500_000, { environments: 8 }),
  a2c('zoo-a2c-acrobot', 'Acrobot-v1', 500_000, { ...NORMALIZED, environments: 16 }),
  a2c('zoo-a2c-mountain-car', 'MountainCar-v0', 1_000_000, { ...NORMALIZED, environments: 16 }),
  // Without gSDE, as above, whose log σ of −2 would hardly explore here: that of Stable-Baselines3 instead.
  a2c('zoo-a2c-pendulum', 'Pendulum-v1', 1_000_000, {
    ...NORMALIZED,
    environments: 8,
    nSteps: 8,
    gaeLambda: 0.9,
    gamma: 0.9,
    valueCoefficient: 0.4,
    learningRateSchedule: 'linear',
  }),
  a2c('zoo-a2c-lunar-lander', 'LunarLander-v3', 200_000, {
    environments: 8,
    gamma: 0.995,
    learningRate: 8.3e-4,
    learningRateSchedule: 'linear',
    entropyCoefficient: 1e-5,
  }),
];

/**
 * REINFORCE with a baseline (Williams 1992) is A2C with λ = 1 and rollouts as long as episodes: the advantage is the
 * discounted return minus what the critic expected.
 */
const reinforceCartPole: A2cTemplate = {
  ...a2c('reinforce-cartpole', 'CartPole-v1', 300_000, {
    environments: 4,
    nSteps: 500,
    gaeLambda: 1,
    learningRate: 1e-2,
    optimizer: ADAM,
    normalizeAdvantages: true,
  }),
  source: 'Secateur: REINFORCE with a baseline (Williams 1992)',
};

/** The first of an environment is the one to offer. */
export const policyGradientTemplates: readonly (PpoTemplate | A2cTemplate)[] = [
  ...ppoTemplates,
  ...a2cTemplates,
  reinforceCartPole,
];

/**
 * What usually works where nothing is published: the zoo's Atari settings for pixels, else the defaults of
 * Stable-Baselines3 on normalised observations and rewards.
 */
export function policyGradientTemplatesFor({
  id,
  observationSpace,
}: Spaces & { readonly id: string }): (PpoTemplate | A2cTemplate)[] {
  const { shape } = observationSpace;
  if (shape.length === 3) {
    const network = networkForImages(shape);
    const source = (name: string): string => `rl-baselines3-zoo, hyperparams/${name}.yml (Atari)`;
    return [
      { ...ppo('gym-ppo-pixels', id, 10_000_000, { ...ppoPixels, ...network }), source: source('ppo') },
      { ...a2c('gym-a2c-pixels', id, 10_000_000, { ...a2cPixels, ...network }), source: source('a2c') },
    ];
  }
  const source = (name: string): string => `Stable-Baselines3, defaults of its ${name} class, normalised as in the zoo`;
  return [
    { ...ppo('gym-ppo', id, 1_000_000, NORMALIZED), source: source('PPO') },
    { ...a2c('gym-a2c', id, 1_000_000, { ...NORMALIZED, environments: 8 }), source: source('A2C') },
  ];
}

/** A run that ends before there was anything to learn from. */
export class RunTooShortError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(totalSteps: number, rolloutSize: number) {
    super(
      `a run of ${totalSteps} steps ends before the first rollout of ${rolloutSize} is full`,
      'Train for more steps, in fewer environments, or with fewer steps per rollout (nSteps).',
    );
  }
}

/** Steps between two rounds of learning, over all environments. */
export function rolloutSize({ environments, nSteps }: PpoConfig | A2cConfig): number {
  return environments * nSteps;
}

/** Gradient steps of one round of learning, and steps per gradient step. A2C looks at everything once, at once. */
export function roundOf(settings: PolicyGradientSettings): { updates: number; batchSize: number } {
  const size = rolloutSize(settings.config);
  if (settings.algorithm === 'a2c') return { updates: 1, batchSize: size };
  const batchSize = Math.min(settings.config.batchSize, size);
  return { updates: settings.config.epochs * Math.ceil(size / batchSize), batchSize };
}

/**
 * Gradient steps of a whole run: what a pruning schedule has to work with. What is played after the last full rollout is
 * not learnt from.
 * @throws RunTooShortError
 */
export function plannedUpdates(settings: PolicyGradientSettings, totalSteps: number): number {
  const size = rolloutSize(settings.config);
  if (totalSteps < size) throw new RunTooShortError(totalSteps, size);
  return Math.floor(totalSteps / size) * roundOf(settings).updates;
}

/** A setting after `step` environment steps of the run. */
export function annealed(
  initial: number,
  schedule: PpoConfig['learningRateSchedule'],
  { step, totalSteps }: { readonly step: number; readonly totalSteps: number },
): number {
  return schedule === 'linear' ? initial * Math.max(0, 1 - step / totalSteps) : initial;
}
