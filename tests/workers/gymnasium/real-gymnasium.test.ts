// Against Gymnasium itself, in the Python that SECATEUR_TEST_GYMNASIUM names: .ci/run makes one.
import { spawnSync } from 'node:child_process';
import { beforeEach, describe, expect, it, type TestContext } from 'vitest';
import type { Action, EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { openUntilEnd } from './stand-in.ts';

const python = process.env.SECATEUR_TEST_GYMNASIUM;

const has = (...modules: readonly string[]): boolean =>
  python !== undefined && spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0;

function needs(context: TestContext, ...modules: readonly string[]): void {
  if (!has(...modules)) context.skip(`the Python of SECATEUR_TEST_GYMNASIUM has no ${modules.join(', ')}`);
}

beforeEach((context) => {
  if (python === undefined) context.skip('SECATEUR_TEST_GYMNASIUM names no Python with gymnasium');
});

const open = (id: string): EnvironmentDefinition => openUntilEnd(id, { python: python! });

function randomAction({ actionSpace }: EnvironmentDefinition, random: Random): Action {
  if (actionSpace.kind === 'discrete') return random.integer(actionSpace.n);
  return Float32Array.from(actionSpace.low, (low, i) => random.between(low, actionSpace.high[i]!));
}

const row = (vector: VectorEnvironment, index: number): Float32Array =>
  vector.observations.slice(index * vector.observationSize, (index + 1) * vector.observationSize);

describe.each(['CartPole-v1', 'MountainCar-v0', 'Pendulum-v1', 'Acrobot-v1'])('gym:%s', (id) => {
  /** The state that an observation tells of, as the world of our own keeps it. */
  const stateOf = (o: Float32Array): number[] => {
    if (id === 'Pendulum-v1') return [Math.atan2(o[1]!, o[0]!), o[2]!];
    if (id === 'Acrobot-v1') return [Math.atan2(o[1]!, o[0]!), Math.atan2(o[3]!, o[2]!), o[4]!, o[5]!];
    return [...o];
  };

  it('moves as ours does, step by step, and ends with it', () => {
    const theirs = open(`gym:${id}`);
    const ours = environments.get(id);
    expect(theirs.observationSpace.shape).toEqual(ours.observationSpace.shape);
    expect(theirs.maxEpisodeSteps).toBe(ours.maxEpisodeSteps);
    const random = new Random(4);
    const vector = new VectorEnvironment(theirs, 1);
    const world = ours.createWorld();
    const observed = new Float32Array(vector.observationSize);
    let ends = 0;
    for (let episode = 0; episode < 5; episode++) {
      vector.reset(0, 100 + episode);
      while (vector.active[0] === 1) {
        world.loadState(stateOf(row(vector, 0)));
        const action = randomAction(theirs, random);
        const reward = world.step(action);
        world.observe(observed, 0);
        vector.step([action]);
        const after = row(vector, 0);
        // Both start from a float32 observation, which Gymnasium's own state is more precise than.
        for (let i = 0; i < observed.length; i++) {
          expect(Math.abs(observed[i]! - after[i]!)).toBeLessThan(2e-5 * Math.max(1, Math.abs(after[i]!)));
        }
        expect(Math.abs(vector.rewards[0]! - reward)).toBeLessThan(1e-3);
        expect(vector.terminated[0] === 1).toBe(world.terminated);
      }
      ends += vector.terminated[0]!;
      if (vector.truncated[0] === 1) expect(vector.steps[0]).toBe(ours.maxEpisodeSteps);
    }
    if (id === 'CartPole-v1') expect(ends).toBe(5);
  });
});

it('plays the same episode alone and in a crowd, and after being saved', () => {
  const environment = open('gym:CartPole-v1');
  const crowd = new VectorEnvironment(environment, 4);
  const alone = new VectorEnvironment(environment, 1);
  for (let index = 0; index < 4; index++) crowd.reset(index, index);
  alone.reset(0, 2);
  for (let t = 0; t < 8; t++) {
    crowd.step([t % 2, 0, (t >> 1) % 2, 1]);
    alone.step([(t >> 1) % 2]);
    expect(row(crowd, 2)).toEqual(row(alone, 0));
  }
  const resumed = new VectorEnvironment(environment, 4);
  resumed.loadState(crowd.saveState());
  expect(resumed.observations).toEqual(crowd.observations);
});

describe('Atari games', () => {
  beforeEach((context) => {
    needs(context, 'ale_py', 'cv2');
  });

  it('are preprocessed as Mnih et al. 2015 do', () => {
    const environment = open('gym:ALE/Pong-v5?atari');
    expect(environment.observationSpace.shape).toEqual([84, 84, 4]);
    expect(environment.observationSpace.high.every((high) => high === 255)).toBe(true);
    expect(environment.actionSpace).toEqual({ kind: 'discrete', n: 6 });
    expect(environment.maxEpisodeSteps).toBe(27_000);
    expect([-3, 0, 12].map((reward) => environment.learntReward!(reward))).toEqual([-1, 0, 1]);
    const vector = new VectorEnvironment(environment, 2);
    vector.reset(0, 1);
    vector.reset(1, 2);
    const channel = (observation: Float32Array, k: number): Float32Array => observation.filter((_, i) => i % 4 === k);
    const same = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i]);
    // The newest frame comes last; before there are four, the first stands for those that are missing.
    const first = row(vector, 0);
    for (let k = 0; k < 3; k++) expect(same(channel(first, k), channel(first, 3))).toBe(true);
    let moved = 0;
    for (let t = 0; t < 30; t++) {
      const before = row(vector, 0);
      vector.step([2 + (t % 2), 3]);
      const after = row(vector, 0);
      for (let k = 0; k < 3; k++) expect(same(channel(after, k), channel(before, k + 1))).toBe(true);
      if (!same(channel(after, 3), channel(after, 2))) moved++;
    }
    expect(moved).toBeGreaterThan(10);
    expect(vector.observations.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
  });

  it('are drawn in colour', () => {
    const vector = new VectorEnvironment(open('gym:ALE/Breakout-v5?atari&fire'), 1);
    vector.reset(0, 3);
    const { bounds, shapes } = vector.scene(0);
    expect(bounds).toEqual({ left: 0, right: 160, bottom: 0, top: 210 });
    expect(shapes[0]?.kind).toBe('picture');
  });

  it('can be had as they are', () => {
    const { observationSpace } = open('gym:ALE/Pong-v5');
    expect(observationSpace.shape).toEqual([210, 160, 3]);
  });
});

describe('MuJoCo', () => {
  beforeEach((context) => {
    needs(context, 'mujoco', 'gymnasium.envs.mujoco');
  });

  it('has continuous actions, and a seed decides an episode', () => {
    const environment = open('gym:HalfCheetah-v5');
    expect(environment.observationSpace.shape).toEqual([17]);
    expect(environment.actionSpace).toEqual({
      kind: 'box',
      shape: [6],
      low: new Array(6).fill(-1),
      high: new Array(6).fill(1),
    });
    const [random, vector] = [new Random(1), new VectorEnvironment(environment, 2)];
    vector.reset(0, 5);
    vector.reset(1, 5);
    for (let t = 0; t < 50; t++) {
      const action = randomAction(environment, random);
      vector.step([action, action]);
    }
    expect(row(vector, 0)).toEqual(row(vector, 1));
    expect(row(vector, 0).some((value) => value !== 0)).toBe(true);
  });
});
