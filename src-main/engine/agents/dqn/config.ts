// DQN settings that are known to work, and what follows from settings: exploration, and when to learn.
import type { Template } from '../../../contract/catalogue.ts';
import type { DqnConfig } from '../../../contract/dqn.ts';
import type { Spaces } from '../../environments/environment.ts';
import { GRID_CNN, networkForImages } from '../../networks/convolutions.ts';
import { ADAM } from '../../numerics/backend.ts';
import { Registry } from '../../registry.ts';

/** The defaults of Stable-Baselines3's DQN class. */
export const DQN_DEFAULTS: DqnConfig = {
  hiddenUnits: [64, 64],
  activation: 'relu',
  dueling: false,
  learningRate: 1e-4,
  optimizer: ADAM,
  maxGradientNorm: 10,
  loss: 'huber',
  batchSize: 32,
  bufferSize: 1_000_000,
  learningStarts: 100,
  gamma: 0.99,
  targetUpdateInterval: 10_000,
  trainFrequency: 4,
  gradientSteps: 1,
  explorationFraction: 0.1,
  explorationInitial: 1,
  explorationFinal: 0.05,
  doubleQ: false,
  nStep: 1,
};

export type DqnTemplate = Extract<Template, { algorithm: 'dqn' }>;

const ZOO = 'rl-baselines3-zoo, hyperparams/dqn.yml';

const zooCartPole: DqnTemplate = {
  algorithm: 'dqn',
  id: 'zoo-cartpole',
  environment: 'CartPole-v1',
  source: ZOO,
  totalSteps: 50_000,
  config: {
    ...DQN_DEFAULTS,
    hiddenUnits: [256, 256],
    learningRate: 2.3e-3,
    batchSize: 64,
    bufferSize: 100_000,
    learningStarts: 1000,
    targetUpdateInterval: 10,
    trainFrequency: 256,
    gradientSteps: 128,
    explorationFraction: 0.16,
    explorationFinal: 0.04,
  },
};

const zooMountainCar: DqnTemplate = {
  algorithm: 'dqn',
  id: 'zoo-mountain-car',
  environment: 'MountainCar-v0',
  source: ZOO,
  totalSteps: 120_000,
  config: {
    ...DQN_DEFAULTS,
    hiddenUnits: [256, 256],
    learningRate: 4e-3,
    batchSize: 128,
    bufferSize: 10_000,
    learningStarts: 1000,
    gamma: 0.98,
    targetUpdateInterval: 600,
    trainFrequency: 16,
    gradientSteps: 8,
    explorationFraction: 0.2,
    explorationFinal: 0.07,
  },
};

/** The zoo's `gradient_steps: -1` is as many as steps were collected: 4. */
const zooAcrobot: DqnTemplate = {
  algorithm: 'dqn',
  id: 'zoo-acrobot',
  environment: 'Acrobot-v1',
  source: ZOO,
  totalSteps: 100_000,
  config: {
    ...DQN_DEFAULTS,
    hiddenUnits: [256, 256],
    learningRate: 6.3e-4,
    batchSize: 128,
    bufferSize: 50_000,
    learningStarts: 0,
    targetUpdateInterval: 250,
    trainFrequency: 4,
    gradientSteps: 4,
    explorationFraction: 0.12,
    explorationFinal: 0.1,
  },
};

const zooLunarLander: DqnTemplate = { ...zooAcrobot, id: 'zoo-lunar-lander', environment: 'LunarLander-v3' };

const cleanrlCartPole: DqnTemplate = {
  algorithm: 'dqn',
  id: 'cleanrl-cartpole',
  environment: 'CartPole-v1',
  source: 'CleanRL, dqn.py',
  totalSteps: 500_000,
  config: {
    ...DQN_DEFAULTS,
    hiddenUnits: [120, 84],
    learningRate: 2.5e-4,
    maxGradientNorm: null,
    loss: 'mse',
    batchSize: 128,
    bufferSize: 10_000,
    learningStarts: 10_000,
    targetUpdateInterval: 500,
    trainFrequency: 10,
    explorationFraction: 0.5,
  },
};

/**
 * The DQN of Young & Tian 2019, learning from every frame. They train for 5 million frames; 200 000 are what later work
 * compares early learning on, and what a machine without a GPU does over a cup of tea.
 */
function minatarTemplate(game: string): DqnTemplate {
  const totalSteps = 200_000;
  return {
    algorithm: 'dqn',
    id: `minatar-${game.toLowerCase()}`,
    environment: `MinAtar/${game}`,
    source: 'MinAtar (Young & Tian 2019), section 3',
    totalSteps,
    config: {
      ...DQN_DEFAULTS,
      ...GRID_CNN,
      learningRate: 2.5e-4,
      optimizer: { kind: 'rmsprop', decay: 0.95, epsilon: 0.01, centered: true },
      maxGradientNorm: null,
      batchSize: 32,
      bufferSize: 100_000,
      learningStarts: 5000,
      targetUpdateInterval: 1000,
      trainFrequency: 1,
      explorationFraction: 100_000 / totalSteps,
      explorationFinal: 0.1,
    },
  };
}

/** The first template of an environment is the one to offer. */
export const dqnTemplates = new Registry<DqnTemplate>('DQN template', [
  zooCartPole,
  zooMountainCar,
  zooAcrobot,
  zooLunarLander,
  cleanrlCartPole,
  ...['Breakout-v1', 'SpaceInvaders-v1', 'Asterix-v1', 'Freeway-v1', 'Seaquest-v1'].map(minatarTemplate),
  ...['Breakout-v0', 'SpaceInvaders-v0', 'Asterix-v0', 'Freeway-v0', 'Seaquest-v0'].map(minatarTemplate),
]);

/**
 * What usually works where nothing is published: the zoo's Atari settings for pixels, else the defaults.
 * @returns none where actions are continuous
 */
export function dqnTemplateFor({ id, observationSpace, actionSpace }: Spaces & { readonly id: string }): DqnTemplate[] {
  if (actionSpace.kind === 'box') return [];
  const common = { algorithm: 'dqn', environment: id } as const;
  const { shape } = observationSpace;
  if (shape.length !== 3) {
    const source = 'Stable-Baselines3, defaults of its DQN class; the networks of the zoo';
    const config = { ...DQN_DEFAULTS, hiddenUnits: [256, 256], bufferSize: 100_000, learningStarts: 1000 };
    return [{ ...common, id: 'gym-dqn', source, totalSteps: 200_000, config }];
  }
  return [
    {
      ...common,
      id: 'gym-dqn-pixels',
      // The zoo remembers 100 000 transitions, which take 5.6 GB of 84×84×4 bytes before and after.
      source: `${ZOO} (Atari), with a smaller replay`,
      totalSteps: 10_000_000,
      config: {
        ...DQN_DEFAULTS,
        ...networkForImages(shape),
        bufferSize: 25_000,
        learningStarts: 10_000,
        targetUpdateInterval: 1000,
        explorationFraction: 0.1,
        explorationFinal: 0.01,
      },
    },
  ];
}

/**
 * Probability of a random action after `step` environment steps: linear from initial to final over the first
 * explorationFraction of the run, constant from there (Mnih et al. 2015, methods).
 */
export function explorationAt(config: DqnConfig, { step, totalSteps }: { step: number; totalSteps: number }): number {
  const duration = config.explorationFraction * totalSteps;
  const progress = step < duration ? step / duration : 1;
  return (1 - progress) * config.explorationInitial + progress * config.explorationFinal;
}

/** How often `interval` was completed when environment steps went from `before` to `after`. */
export function intervalsCompleted(interval: number, { before, after }: { before: number; after: number }): number {
  return Math.floor(after / interval) - Math.floor(before / interval);
}

/** Gradient steps that fall due when environment steps go from `before` to `after`: a round every trainFrequency. */
export function updatesBetween(config: DqnConfig, { before, after }: { before: number; after: number }): number {
  const start = Math.max(before, config.learningStarts);
  return after > start ? intervalsCompleted(config.trainFrequency, { before: start, after }) * config.gradientSteps : 0;
}

/** Gradient steps of a whole run: what a pruning schedule has to work with. */
export function plannedUpdates(config: DqnConfig, totalSteps: number): number {
  return updatesBetween(config, { before: 0, after: totalSteps });
}
