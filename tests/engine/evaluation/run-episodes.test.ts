import { describe, expect, it } from 'vitest';
import type { Action, EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import type { BatchPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { EvaluationStoppedError, runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import { sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { countingEnvironment } from './counting-environment.ts';

/** A deterministic function of the observation, with discrete and continuous answers that vary along an episode. */
function decide(definition: EnvironmentDefinition, observation: Float32Array): Action {
  const x = Math.sin(5 * observation.reduce((sum, value, i) => sum + (i + 1) * value, 0));
  return definition.actionSpace.kind === 'discrete'
    ? Math.min(definition.actionSpace.n - 1, Math.floor(((x + 1) / 2) * definition.actionSpace.n))
    : Float32Array.from(definition.actionSpace.low, (low, i) => (i % 2 === 0 ? -2 : 1) * low * x);
}

function batched(definition: EnvironmentDefinition, batches: number[] = []): BatchPolicy {
  const size = sizeOf(definition.observationSpace.shape);
  return {
    act(observations, count) {
      batches.push(count);
      return Array.from({ length: count }, (_, row) =>
        decide(definition, observations.subarray(row * size, (row + 1) * size)),
      );
    },
  };
}

/** One episode, straight from the world's interface. */
function playAlone(definition: EnvironmentDefinition, seed: number): { total: number; length: number } {
  const world = definition.createWorld();
  world.reset(new Random(seed));
  const observation = new Float32Array(sizeOf(definition.observationSpace.shape));
  let total = 0;
  let length = 0;
  while (!world.terminated && length < definition.maxEpisodeSteps) {
    world.observe(observation, 0);
    total += Math.fround(world.step(decide(definition, observation)));
    length++;
  }
  return { total, length };
}

const seeds = Array.from({ length: 23 }, (_, i) => 1000 + 7 * i);

/** MinAtar's games with six moves are those with fewer. */
const different = environments.all.filter(({ id }) => !/^MinAtar.*-v0$/.test(id));

describe.each([...different, countingEnvironment(40, 30)])('$id', (definition) => {
  it.each([1, 5, 64])('gives %i at a time what one episode after the other gives', (parallel) => {
    const alone = seeds.map((seed) => playAlone(definition, seed));
    const { returns, lengths } = runEpisodes({ environment: definition, policy: batched(definition), seeds, parallel });
    expect([...returns]).toEqual(alone.map(({ total }) => total));
    expect([...lengths]).toEqual(alone.map(({ length }) => length));
  });
});

it('gives an episode the same return whatever else is evaluated', () => {
  const environment = environments.get('CartPole-v1');
  const all = runEpisodes({ environment, policy: batched(environment), seeds });
  const some = runEpisodes({ environment, policy: batched(environment), seeds: [...seeds].reverse().slice(0, 4) });
  expect([...some.returns]).toEqual([...all.returns].reverse().slice(0, 4));
});

it('asks the policy about running episodes only, and refills what ended', () => {
  const environment = countingEnvironment(40);
  const batches: number[] = [];
  const steps: number[][] = [];
  let observed = 0;
  const { lengths } = runEpisodes({
    environment,
    policy: batched(environment, batches),
    seeds,
    parallel: 8,
    observe(_, count) {
      observed += count;
    },
    onStep(...progress) {
      steps.push(progress);
    },
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  expect(batches.reduce((sum, count) => sum + count, 0)).toBe(total);
  expect(observed).toBe(total);
  expect(Math.max(...batches)).toBe(8);
  expect(batches.slice(0, Math.ceil(total / 8 / 2))).not.toContain(7); // full as long as seeds are left
  expect(batches).toEqual([...batches].sort((a, b) => b - a));
  expect(steps.at(-1)).toEqual([seeds.length, total]);
});

it('has no result when it is stopped', () => {
  const environment = environments.get('Pendulum-v1');
  let asked = 0;
  const run = (): unknown =>
    runEpisodes({ environment, policy: batched(environment), seeds, parallel: 4, shouldStop: () => ++asked > 250 });
  expect(run).toThrow(EvaluationStoppedError);
  expect(run).toThrow('0 of 23');
  asked = 0;
  expect(run).toThrow('4 of 23');
});

it('plays nothing for no seeds', () => {
  const environment = environments.get('CartPole-v1');
  expect(runEpisodes({ environment, policy: batched(environment), seeds: [] }).returns).toHaveLength(0);
});
