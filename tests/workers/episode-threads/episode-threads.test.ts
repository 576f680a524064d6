// Episodes played by several threads beside the same episodes in one: the same bits, whatever becomes of the threads.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { PPO_DEFAULTS } from '../../../src-main/engine/agents/policy-gradient/config.ts';
import { freshPolicyGradientModel } from '../../../src-main/engine/agents/policy-gradient/network.ts';
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import type { Match } from '../../../src-main/engine/environments/players.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { playReturns } from '../../../src-main/engine/evaluation/play-returns.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { Board } from '../../../src-main/workers/episode-threads/board.ts';
import { openEpisodeThreads, type EpisodeThreads } from '../../../src-main/workers/episode-threads/episode-threads.ts';
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';
import { testBackend } from '../../test-backend.ts';

/** What the threads have. */
const backend = loadKernelBackend();
const LEAVING = fileURLToPath(new URL('./leaving-thread.ts', import.meta.url));

const opened: EpisodeThreads[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

function inThreads(
  environment: EnvironmentDefinition,
  options: Partial<Parameters<typeof openEpisodeThreads>[2]> = {},
): EnvironmentDefinition {
  const unexpected = (text: string): never => {
    throw new Error(text);
  };
  const running = openEpisodeThreads(environment, backend, { threads: 3, onTrouble: unexpected, ...options });
  opened.push(running);
  return running.definition;
}

const policyFor = (environment: EnvironmentDefinition, seed: number): PolicyModel =>
  policyOnly(freshPolicyGradientModel({ algorithm: 'ppo', config: PPO_DEFAULTS }, environment, new Random(seed)));

/** Two policies, one of them again with other parameters and again with a mask; of each a few episodes more than a part has. */
function matchesIn(environment: EnvironmentDefinition): Match[] {
  const [one, other] = [policyFor(environment, 1), policyFor(environment, 2)];
  const masked = { ...one, masks: { 'policy/dense_1/kernel': one.parameters['policy/dense_1/kernel']! } };
  const mask = Uint8Array.from(masked.masks['policy/dense_1/kernel'], (_, i) => (i % 3) % 2);
  const pruned = { ...one, masks: { 'policy/dense_1/kernel': mask } };
  const moved = { ...one, parameters: other.parameters };
  return [one, moved, pruned, other].map((model, i) => ({
    model,
    seeds: Array.from({ length: 5 + 15 * i }, (_, k) => 700 + 100 * i + k),
  }));
}

/** The same environment, counting the episodes that this thread plays. */
function counted(environment: EnvironmentDefinition): { environment: EnvironmentDefinition; worlds: () => number } {
  let worlds = 0;
  const createWorld = (): ReturnType<EnvironmentDefinition['createWorld']> => {
    worlds++;
    return environment.createWorld();
  };
  return { environment: { ...environment, createWorld }, worlds: () => worlds };
}

describe.each(['CartPole-v1', 'Pendulum-v1', 'LunarLander-v3'])('%s', (id) => {
  it('is played by others too, and the returns are the same', () => {
    const plain = environments.get(id);
    const matches = matchesIn(plain);
    const before = counted(plain);
    const expected = playReturns({ environment: before.environment, backend }, matches);
    expect(expected.map((returns) => returns.length)).toEqual([5, 20, 35, 50]);
    expect(new Set(expected[0]).size).toBeGreaterThan(1);

    const { environment, worlds } = counted(plain);
    const shared = inThreads(environment);
    // Nobody waits until the threads are there; so it is played again until one has been.
    for (let playedHere = before.worlds(); playedHere === before.worlds();) {
      const start = worlds();
      expect(playReturns({ environment: shared, backend }, matches)).toEqual(expected);
      playedHere = worlds() - start;
    }
  });
});

describe('a thread that takes a part and', () => {
  it('ends: the part is played here, and the log is told', async () => {
    const cartPole = environments.get('CartPole-v1');
    const told = new Promise<string>((resolve) => {
      opened.push(openEpisodeThreads(cartPole, backend, { threads: 2, onTrouble: resolve, entry: LEAVING }));
    });
    const { definition } = opened[0]!;
    const matches = matchesIn(cartPole);
    const expected = playReturns({ environment: cartPole, backend }, matches);
    let text: string | undefined;
    void told.then((heard) => (text = heard));
    while (text === undefined) {
      expect(playReturns({ environment: definition, backend }, matches)).toEqual(expected);
      await new Promise(setImmediate);
    }
    expect(text).toBe('a thread that helps to play CartPole-v1 ended: the thread is gone');
  });

  it('hangs: what it has is played here after a while, and so is all that follows', () => {
    const pendulum = environments.get('Pendulum-v1');
    const troubles: string[] = [];
    const environment = inThreads(pendulum, {
      threads: 2,
      entry: LEAVING,
      patience: 0.05,
      onTrouble: (text) => troubles.push(text),
    });
    const matches = matchesIn(pendulum);
    const expected = playReturns({ environment: pendulum, backend }, matches);
    while (troubles.length === 0) expect(playReturns({ environment, backend }, matches)).toEqual(expected);
    expect(playReturns({ environment, backend }, matches)).toEqual(expected);
    expect(troubles).toEqual(['threads that help to play Pendulum-v1 were silent for 0.05 s: this one goes on alone']);
  });
});

it('what the environment throws is thrown where it was asked', () => {
  const broken: EnvironmentDefinition = {
    ...environments.get('CartPole-v1'),
    createWorld: () => {
      throw new RangeError('no world today');
    },
  };
  const matches = matchesIn(environments.get('CartPole-v1'));
  expect(() => playReturns({ environment: inThreads(broken), backend }, matches)).toThrow('no world today');
});

it('there are none where they could not play the same', () => {
  const cartPole = environments.get('CartPole-v1');
  const elsewhere = { ...cartPole, id: 'gym:CartPole-v1' };
  expect(inThreads(elsewhere)).toBe(elsewhere);
  expect(inThreads(cartPole, { threads: 1 })).toBe(cartPole);
  const other = { ...testBackend, name: 'cpu' };
  expect(openEpisodeThreads(cartPole, other, { threads: 2, onTrouble: () => undefined }).definition).toBe(cartPole);
});

describe('a board', () => {
  const model = policyFor(environments.get('CartPole-v1'), 1);
  const parts = [1, 2, 3, 4, 5].map((count) => ({
    model,
    seeds: Array.from({ length: count }, (_, i) => 10 * count + i),
  }));
  const doubled = ({ seeds }: Match): Float64Array => Float64Array.from(seeds, (seed) => 2 * seed);

  it('gives every part to one alone', () => {
    const [here, there] = [[], []] as [number[], number[]];
    const board = new Board(parts);
    const helper = new Board(parts, board.buffer);
    board.help((part) => {
      here.push(part.seeds.length);
      if (part.seeds.length === 2) {
        helper.help((taken) => {
          there.push(taken.seeds.length);
          return doubled(taken);
        });
      }
      return doubled(part);
    });
    expect([here, there]).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    expect(board.wait(0)).toBe(true);
    const never = (): never => {
      throw new Error('all were played');
    };
    expect(board.collect(never)).toEqual(parts.map(doubled));
  });

  it('has those played again that were given back, and waits for those that were not', () => {
    const board = new Board(parts);
    let waited: boolean | undefined;
    expect(() => {
      board.help(() => {
        waited = board.wait(0);
        throw new Error('given back');
      });
    }).toThrow('given back');
    expect(waited).toBe(false);
    board.help(doubled);
    expect(board.wait(0)).toBe(true);
    const again: number[] = [];
    const returns = board.collect((part) => {
      again.push(part.seeds.length);
      return doubled(part);
    });
    expect(again).toEqual([1]);
    expect(returns).toEqual(parts.map(doubled));
  });
});
