// What is compared, and the targets.
import { fileURLToPath } from 'node:url';
import type { Work } from './work.ts';
import { inferenceWork } from './inference.ts';
import { peerScript } from './peer.ts';
import { MIN_ATAR, mlp, NATURE_CNN, type LearningTask } from './networks.ts';
import { updateWork } from './updates.ts';
import { wholeRunWork } from './whole-run.ts';

const DENSE = 'Secateur';
const SPARSE = 'Secateur, 95 % sparse';
const DENSITY = 0.05;
const SEED = 1;

const denseUpdate = (name: string, task: LearningTask, target: number): Work =>
  updateWork(name, task, { densities: { [DENSE]: 1 }, comparisons: [{ ours: DENSE, theirs: 'PyTorch', target }] });

/** In the order in which they are measured. The whole run is apart because its rounds are. */
export const WORKS: readonly Work[] = [
  denseUpdate('DQN update, MLP 4-120-84-2, batch 128', mlp(4, [120, 84], 2, 128), 0.6),
  denseUpdate('DQN update, MLP 8-256-256-4, batch 64', mlp(8, [256, 256], 4, 64), 1),
  denseUpdate('DQN update, MinAtar convolution 10×10×4, batch 32', MIN_ATAR, 0.9),
  denseUpdate('DQN update, Atari Nature CNN 84×84×4, batch 32', NATURE_CNN, 2.5),
  inferenceWork('inference, MLP 8-256-256-4, batch 1', mlp(8, [256, 256], 4, 1), {
    densities: { [DENSE]: 1, [SPARSE]: DENSITY },
    comparisons: [
      { ours: DENSE, theirs: 'ONNX Runtime', target: 1 },
      { ours: DENSE, theirs: 'PyTorch', target: 0.3 },
      { ours: SPARSE, theirs: 'ONNX Runtime', target: 0.4 },
    ],
  }),
  updateWork('DQN update, MLP 8-512-512-4, batch 128', mlp(8, [512, 512], 4, 128), {
    densities: { [SPARSE]: DENSITY, [DENSE]: 1 },
    comparisons: [
      { ours: SPARSE, theirs: DENSE, target: 0.35 },
      { ours: SPARSE, theirs: 'PyTorch', target: 0.5 },
    ],
  }),
];

export const wholeRun = (python: string, steps: number): Work =>
  wholeRunWork(`CartPole DQN, rl-baselines3-zoo, ${steps.toLocaleString('en')} steps`, {
    python,
    target: 0.2,
    ours: [fileURLToPath(new URL('../train-cartpole.ts', import.meta.url)), steps, SEED],
    theirs: (threads) => [peerScript('peer_cartpole.py'), steps, threads, SEED],
  });
