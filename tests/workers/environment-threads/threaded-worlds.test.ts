// Worlds in threads beside worlds in this one: the same bytes, whatever happens; and threads that fail.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Action, EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import {
  openEnvironmentThreads,
  type EnvironmentThreads,
} from '../../../src-main/workers/environment-threads/environment-threads.ts';
import {
  EnvironmentThreadFailedError,
  EnvironmentThreadNotStartedError,
  EnvironmentThreadSilentError,
} from '../../../src-main/workers/environment-threads/thread-errors.ts';
import { failing, FAILURE } from './failing-worlds.ts';

const SLOTS = 7; // divisible by neither 2 nor 3
const seconds = 60_000;

const opened: EnvironmentThreads[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

async function inThreads(
  environment: EnvironmentDefinition,
  threads: number,
  options: Partial<Parameters<typeof openEnvironmentThreads>[1]> = {},
): Promise<EnvironmentDefinition> {
  const running = await openEnvironmentThreads(environment, { threads, ...options });
  opened.push(running);
  return running.definition;
}

/** Plays at random; an episode that ends is followed by another, but for every fifth, whose slot rests for a while. */
class Player {
  readonly vector: VectorEnvironment;
  readonly #random = new Random(5);
  #episodes = 0;

  constructor(definition: EnvironmentDefinition) {
    this.vector = new VectorEnvironment(definition, SLOTS);
    for (let index = 0; index < SLOTS; index++) this.#begin(index);
  }

  #begin(index: number): void {
    this.vector.reset(index, 2 ** 33 + this.#episodes++);
  }

  #act(): Action {
    const { actionSpace } = this.vector.definition;
    return actionSpace.kind === 'discrete'
      ? this.#random.integer(actionSpace.n)
      : Float32Array.from(actionSpace.low, (low, i) => this.#random.between(low, actionSpace.high[i]!));
  }

  step(time: number): void {
    const { vector } = this;
    vector.step(Array.from({ length: SLOTS }, () => this.#act()));
    for (let index = 0; index < SLOTS; index++) {
      if (vector.active[index] === 0 && (this.#episodes % 5 !== 0 || time % 10 === 0)) this.#begin(index);
    }
  }
}

function seen({ observations, rewards, terminated, truncated, active, steps }: VectorEnvironment): unknown {
  return structuredClone({ observations, rewards, terminated, truncated, active, steps });
}

describe.each([
  'LunarLander-v3',
  'LunarLanderContinuous-v3',
  'CartPole-v1',
  'MinAtar/Breakout-v1?stack=2&sticky=0.25&max-steps=40',
])('%s', (id) => {
  const environment = environments.get(id);

  it.each([1, 2, 3])(
    'is the same in %i threads at every step, in every saved state, and after going back to it',
    async (threads) => {
      const definition = threads === 1 ? environment : await inThreads(environment, threads);
      const [here, there] = [new Player(environment), new Player(definition)];
      expect(seen(there.vector)).toEqual(seen(here.vector));
      for (let time = 0; time < 150; time++) {
        here.step(time);
        there.step(time);
        expect(seen(there.vector), `step ${time}`).toEqual(seen(here.vector));
      }
      expect(there.vector.scene(SLOTS - 1)).toEqual(here.vector.scene(SLOTS - 1));
      const saved = here.vector.saveState();
      expect(there.vector.saveState()).toEqual(saved);

      // Goes on from there, in worlds that have played something else.
      const [again, there2] = [new Player(environment), new Player(definition)];
      for (const { vector } of [again, there2]) {
        for (let index = 0; index < SLOTS; index++) vector.reset(index, index);
        vector.loadState(saved);
      }
      for (let time = 0; time < 60; time++) {
        again.step(time);
        there2.step(time);
        expect(seen(there2.vector), `step ${time} after going back`).toEqual(seen(again.vector));
      }
      expect(there2.vector.saveState()).toEqual(again.vector.saveState());
      for (const { vector } of [here, there, again, there2]) vector.dispose();
    },
    seconds,
  );
});

it('has no more threads than slots', async () => {
  const lander = environments.get('LunarLander-v3');
  const definition = await inThreads(lander, 3);
  for (const count of [1, 2]) {
    const vectors = [lander, definition].map((of) => new VectorEnvironment(of, count));
    for (const vector of vectors) {
      for (let index = 0; index < count; index++) vector.reset(index, index);
      vector.step(new Array<number>(count).fill(2));
    }
    expect(vectors[1]!.observations).toEqual(vectors[0]!.observations);
    for (const vector of vectors) vector.dispose();
  }
});

describe('a thread', () => {
  const entry = fileURLToPath(new URL('failing-worlds.ts', import.meta.url));
  const playing = async (patience = 60): Promise<VectorEnvironment> => {
    const vector = new VectorEnvironment(await inThreads(failing, 2, { entry, patience }), 2);
    for (const index of [0, 1]) vector.reset(index, index);
    vector.step([FAILURE.none, FAILURE.none]);
    expect([...vector.rewards]).toEqual([1, 1]);
    return vector;
  };

  it.each([
    { what: 'throws', failure: FAILURE.throws, message: /Failing-v0 failed while stepping: the moon is full/ },
    {
      what: 'exits',
      failure: FAILURE.exits,
      message: /Failing-v0 failed while stepping: the thread ended with code 3/,
    },
  ])('that $what ends the run with an error, and whatever is asked afterwards', async ({ failure, message }) => {
    const vector = await playing();
    expect(() => {
      vector.step([FAILURE.none, failure]);
    }).toThrow(EnvironmentThreadFailedError);
    expect(() => {
      vector.reset(1, 1);
    }).toThrow(message);
  });

  it('that hangs does not hang the run', async () => {
    const vector = await playing(1);
    expect(() => {
      vector.step([FAILURE.none, FAILURE.hangs]);
    }).toThrow(EnvironmentThreadSilentError);
  });

  it('is waited for when a world of the run’s own thread throws', async () => {
    const vector = await playing();
    expect(() => {
      vector.step([FAILURE.throws, FAILURE.none]);
    }).toThrow(RangeError);
    vector.step([FAILURE.none, FAILURE.none]);
    expect([...vector.rewards]).toEqual([1, 1]);
  });

  it('that does not start is an error at once', async () => {
    const nowhere = fileURLToPath(new URL('nowhere.ts', import.meta.url));
    await expect(openEnvironmentThreads(failing, { threads: 2, entry: nowhere })).rejects.toThrow(
      EnvironmentThreadNotStartedError,
    );
  });
});
