// Watching agents play.
import { formatNumber } from '../numbers.ts';

/** By environment, in the order of its actions; of continuous ones, in the order of their components. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'CartPole-v1': ['push left', 'push right'],
  'MountainCar-v0': ['accelerate left', 'coast', 'accelerate right'],
  'Acrobot-v1': ['torque −1', 'torque 0', 'torque +1'],
  'Pendulum-v1': ['torque'],
  'LunarLander-v3': ['nothing', 'left engine', 'main engine', 'right engine'],
  'LunarLanderContinuous-v3': ['main engine', 'side engines'],
};

export const episodes = {
  return: 'return',
  step: 'step',
  seed: 'seed',
  picture: (environment: string, step: string, earned: string) => `${environment} at step ${step}, return ${earned}`,
  number: (value: number) => formatNumber(value, 4),
  action: (environment: string, index: number) => ACTIONS[environment]?.[index] ?? `action ${index}`,
  outputs: {
    'action values': 'Action values of the policy',
    logits: 'Logits of the policy',
    means: 'Means of the policy',
  },
  end: { terminated: 'ended', truncated: 'time limit', cut: 'recording ends' },
  play: 'Play',
  pause: 'Pause',
  back: 'One step back',
  forward: 'One step on',
  position: 'Step of the episode',
  speed: 'Speed',
  next: 'Next seed',
  loop: 'Go on with the next seed',
  loading: 'The episode is being played',
} as const;
