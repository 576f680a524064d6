import { unzlibSync } from 'fflate';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sceneSchema } from '../../../src-main/contract/environment.ts';
import type { Action } from '../../../src-main/engine/environments/environment.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import {
  VectorEnvironment,
  type VectorEnvironmentState,
} from '../../../src-main/engine/environments/vector-environment.ts';
import { openUntilEnd, useStandIn, whyNoPython } from './stand-in.ts';

beforeAll(useStandIn);
beforeEach((context) => {
  if (whyNoPython !== null) context.skip(whyNoPython);
});

/** [sum, time] of the counting world that began with `seed` and was given these actions. */
function counted(seed: number, actions: readonly number[]): [number, number] {
  return [(seed % 4) + actions.reduce((sum, action) => sum + action, 0), actions.length];
}

const row = (vector: VectorEnvironment, index: number): number[] => [
  ...vector.observations.subarray(index * vector.observationSize, (index + 1) * vector.observationSize),
];

it('describes what Python has', () => {
  expect(openUntilEnd('gym:Counter-v0')).toMatchObject({
    id: 'gym:Counter-v0',
    description: expect.stringMatching(/^Counter-v0 of gymnasium 0\.0\.0\+stand-in, Python 3\.\d+\.\d+/) as string,
    observationSpace: { kind: 'box', shape: [2], low: [-Number.MAX_VALUE, -Number.MAX_VALUE], high: [100, 100] },
    actionSpace: { kind: 'discrete', n: 3 },
    maxEpisodeSteps: 10_000,
    stepsPerSecond: 25,
  });
});

describe('stepping', () => {
  it('gives what the world gives, slot by slot, and passes by what has ended', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Counter-v0'), 3);
    for (let index = 0; index < 3; index++) vector.reset(index, 10 + index);
    const played: number[][] = [[], [], []];
    for (let t = 0; t < 12; t++) {
      const running = [0, 1, 2].filter((index) => vector.active[index] === 1);
      const actions = [2, t % 3, 0];
      for (const index of running) played[index]!.push(actions[index]!);
      vector.step(actions);
      for (let index = 0; index < 3; index++) {
        const [sum, time] = counted(10 + index, played[index]!);
        expect(row(vector, index)).toEqual([sum, time]);
        expect(vector.steps[index]).toBe(time);
        // The first action of the world's space is 5.
        expect(vector.rewards[index]).toBe(running.includes(index) ? (actions[index]! + 5) / 2 : 0);
        const terminated = sum >= 10;
        expect(vector.terminated[index]).toBe(terminated ? 1 : 0);
        expect(vector.truncated[index]).toBe(!terminated && time >= 12 ? 1 : 0);
        expect(vector.active[index]).toBe(terminated || time >= 12 ? 0 : 1);
      }
    }
    expect([...vector.terminated]).toEqual([1, 1, 0]);
    expect([...vector.truncated]).toEqual([0, 0, 1]);
    vector.reset(2, 5);
    expect([row(vector, 2), vector.active[2], vector.truncated[2]]).toEqual([[1, 0], 1, 0]);
  });

  it('is the same for a world alone and in a crowd', () => {
    const environment = openUntilEnd('gym:Counter-v0');
    const policy = {
      act: (observations: Float32Array, count: number) =>
        Int32Array.from({ length: count }, (_, i) => (3 * observations[2 * i]! + observations[2 * i + 1]!) % 3),
    };
    const seeds = Array.from({ length: 20 }, (_, i) => 7 * i);
    const alone = runEpisodes({ environment, policy, seeds, parallel: 1 });
    const crowd = runEpisodes({ environment, policy, seeds, parallel: 6 });
    expect(crowd).toEqual(alone);
    expect(new Set(alone.lengths).size).toBeGreaterThan(1);
  });

  it('carries bytes and pixels exactly', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Pixels-v0'), 2);
    expect(vector.definition.observationSpace.shape).toEqual([4, 5, 3]);
    vector.reset(0, 3);
    vector.reset(1, 2);
    vector.step([1, 2]);
    expect(row(vector, 0)).toEqual(Array.from({ length: 20 }, () => [4, 1, 255]).flat());
    expect(row(vector, 1)).toEqual(Array.from({ length: 20 }, () => [4, 1, 255]).flat());
    vector.step([0, 2]);
    expect(row(vector, 1).slice(0, 3)).toEqual([6, 2, 255]);
  });

  it('carries continuous actions, and doubles as floats', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Steering-v0'), 2);
    expect(vector.definition.actionSpace).toEqual({ kind: 'box', shape: [2], low: [-2, -2], high: [2, 2] });
    vector.reset(0, 1);
    vector.reset(1, 2);
    expect([...vector.observations]).toEqual([0.125, 0, 0.25, 0]);
    const actions = [Float32Array.of(0.1, -1.5), Float32Array.of(2, 0.3)];
    vector.step(actions);
    expect([...vector.observations]).toEqual([...actions[0]!, ...actions[1]!]);
    expect(vector.rewards[0]).toBe(Math.fround(Math.fround(0.1) - 1.5));
  });

  it('is not disturbed by what a world prints', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Chatty-v0'), 1);
    vector.reset(0, 0);
    vector.step([2]);
    expect(row(vector, 0)).toEqual([2, 1]);
  });

  it('takes arguments and a limit from the name', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Counter-v0?step_of=3&max-steps=2'), 1);
    vector.reset(0, 0);
    vector.step([1]);
    vector.step([1]);
    expect(row(vector, 0)).toEqual([6, 2]);
    expect([vector.terminated[0], vector.truncated[0]]).toEqual([0, 1]);
  });

  it('goes on in fewer worlds after vector environments were given back', () => {
    const environment = openUntilEnd('gym:Counter-v0');
    for (let round = 0; round < 3; round++) {
      const vector = new VectorEnvironment(environment, 4);
      for (let index = 0; index < 4; index++) vector.reset(index, index);
      vector.step([0, 1, 2, 0]);
      expect([...vector.observations]).toEqual([0, 1, 2, 1, 4, 1, 3, 1]);
      vector.dispose();
      vector.dispose();
    }
  });
});

describe('saved state', () => {
  it.each(['gym:Counter-v0', 'gym:Steering-v0'])('of %s goes on exactly', (id) => {
    const environment = openUntilEnd(id);
    const chosen = (t: number): Action[] =>
      environment.actionSpace.kind === 'discrete'
        ? [t % 3, (t + 1) % 2]
        : [Float32Array.of(t / 7, -t / 9), Float32Array.of(0.5, t / 11)];
    const original = new VectorEnvironment(environment, 2);
    original.reset(0, 1);
    original.reset(1, 2);
    for (let t = 0; t < 3; t++) original.step(chosen(t));
    const saved = JSON.parse(JSON.stringify(original.saveState())) as VectorEnvironmentState;
    const resumed = new VectorEnvironment(environment, 2);
    resumed.loadState(saved);
    for (let t = 3; t < 13; t++) {
      expect([...resumed.observations]).toEqual([...original.observations]);
      expect([...resumed.active]).toEqual([...original.active]);
      original.step(chosen(t));
      resumed.step(chosen(t));
    }
    expect([...original.active]).not.toEqual([1, 1]);
  });

  it('of a world that does not repeat itself is refused', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Fickle-v0'), 1);
    vector.reset(0, 0);
    for (let t = 0; t < 3; t++) vector.step([0]);
    expect(() => {
      vector.loadState(vector.saveState());
    }).toThrow(
      expect.objectContaining({
        name: 'EnvironmentNotReproducibleError',
        message: expect.stringContaining('after 2 of 3 steps the episode is over') as string,
      }) as Error,
    );
  });
});

describe('pictures', () => {
  it('show the world as it is, in the middle of an episode too', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Counter-v0'), 2);
    vector.reset(0, 0);
    vector.reset(1, 3);
    vector.step([0, 2]);
    vector.step([0, 2]);
    const scene = sceneSchema.parse(vector.scene(1));
    expect(scene.bounds).toEqual({ left: 0, right: 2, bottom: 0, top: 3 });
    const [picture] = scene.shapes;
    if (picture?.kind !== 'picture') throw new TypeError('expected a picture');
    expect([picture.width, picture.height]).toEqual([2, 3]);
    const pixels = [7, 0, 0, 0, 2, 0];
    expect([...unzlibSync(Buffer.from(picture.pixels, 'base64'))]).toEqual([...pixels, ...pixels, ...pixels]);
    vector.step([0, 1]);
    expect(row(vector, 1)).toEqual([8, 3]);
  });

  it('are refused with the reason where the world draws none, and stepping goes on', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Undrawn-v0'), 1);
    vector.reset(0, 0);
    expect(() => vector.scene(0)).toThrow(
      expect.objectContaining({
        name: 'EnvironmentNotDrawnError',
        message: 'gym:Undrawn-v0 cannot be watched: ImportError: pygame is not installed',
      }) as Error,
    );
    vector.step([1]);
    expect(row(vector, 0)).toEqual([1, 1]);
  });
});

it('takes what chance earns for the least return', () => {
  // Of 12 steps at most, of which each pays 2.5 to 3.5.
  const { worstReturn } = openUntilEnd('gym:Counter-v0');
  expect(worstReturn).toBeGreaterThan(4 * 2.5);
  expect(worstReturn).toBeLessThan(12 * 3.5);
});
