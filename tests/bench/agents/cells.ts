// What the benchmark trains, shortest first, and what has to come of it.
import type { Template } from '../../../src-main/contract/catalogue.ts';
import { templates } from '../../../src-main/engine/agents/templates.ts';

/** Published settings on an environment, trained once per seed. */
export interface Cell {
  readonly template: Template;
  /** What the mean over the seeds has to reach; null where others' figure is only put beside it. */
  readonly target: number | null;
  /** Mean return in rl-baselines3-zoo's benchmark.md, of one agent; null where it has none. */
  readonly zoo: number | null;
}

export const SEEDS: readonly number[] = [1, 2, 3];

const cell = (id: string, target: number | null, zoo: number | null): Cell => ({
  template: templates.get(id),
  target,
  zoo,
});

export const CELLS: readonly Cell[] = [
  cell('zoo-cartpole', 475, 500),
  cell('zoo-ppo-cartpole', 495, 500),
  cell('zoo-ppo-pendulum', -200, -172.225),
  cell('zoo-a2c-cartpole', 495, 500),
  cell('zoo-mountain-car', -115, -100.849),
  cell('zoo-ppo-acrobot', -80, -73.506),
  cell('minatar-breakout-v1', 6, null),
  cell('zoo-lunar-lander', 150, 154.382),
  cell('minatar-spaceinvaders-v1', 14, null),
  cell('zoo-ppo-lunar-lander', 220, 242.119),
  cell('zoo-acrobot', null, -76.639),
  cell('zoo-a2c-acrobot', null, -83.353),
  cell('zoo-ppo-mountain-car', null, -110.423),
];
