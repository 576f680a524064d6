import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { minatar } from '../../../../src-main/engine/environments/minatar/minatar.ts';
import { VectorEnvironment } from '../../../../src-main/engine/environments/vector-environment.ts';
import { playMany, sigmasApart } from '../policy-statistics.ts';

const recordedSchema = z.object({
  state_shape: z.array(z.int()),
  mean: z.number(),
  sem: z.number(),
  len: z.number(),
  len_sem: z.number(),
  n: z.int(),
  /** Indices of the moves that do anything. */
  minimal: z.array(z.int()),
});
const file = new URL('../../../fixtures/conformance/minatar-random-policy.json', import.meta.url);
const recorded = z.record(z.string(), recordedSchema).parse(JSON.parse(readFileSync(file, 'utf8')));

const games = [
  { id: 'Breakout', name: 'breakout', episodes: 4000 },
  { id: 'SpaceInvaders', name: 'space_invaders', episodes: 1500 },
  { id: 'Asterix', name: 'asterix', episodes: 1500 },
  { id: 'Freeway', name: 'freeway', episodes: 40 },
  { id: 'Seaquest', name: 'seaquest', episodes: 1500 },
];
const definitionOf = (id: string): (typeof minatar)[number] => minatar.find((definition) => definition.id === id)!;

/** Standard errors of the difference: one false alarm in 16 000, and the seeds are fixed. */
const SIGMAS = 4;

describe.each(games)('$id', ({ id, name, episodes }) => {
  const all = definitionOf(`MinAtar/${id}-v0`);
  const minimal = definitionOf(`MinAtar/${id}-v1`);
  const reference = recorded[name]!;

  it('is observed as the original is, with its moves', () => {
    expect(all.observationSpace.shape).toEqual(reference.state_shape);
    expect(minimal.observationSpace).toEqual(all.observationSpace);
    expect(all.actionSpace).toEqual({ kind: 'discrete', n: 6 });
    expect(minimal.actionSpace).toEqual({ kind: 'discrete', n: reference.minimal.length });
  });

  it('gives a random policy what the original gives it, within sampling error', () => {
    const { meanReturn, meanLength } = playMany(all, (_, random) => random.integer(6), episodes);
    expect(sigmasApart(meanReturn, { mean: reference.mean, error: reference.sem })).toBeLessThan(SIGMAS);
    if (reference.len_sem === 0) expect(meanLength).toEqual({ mean: reference.len, error: 0 });
    else expect(sigmasApart(meanLength, { mean: reference.len, error: reference.len_sem })).toBeLessThan(SIGMAS);
  });

  it('has the same moves under the indices of both versions', () => {
    const both = [all, minimal].map((definition) => new VectorEnvironment(definition, 1));
    for (const vector of both) vector.reset(0, 3);
    for (let t = 0; t < 60 && both[0]!.active[0] === 1; t++) {
      const move = (7 * t + Math.floor(t / 5)) % reference.minimal.length;
      both[0]!.step([reference.minimal[move]!]);
      both[1]!.step([move]);
      expect(both[1]!.observations).toEqual(both[0]!.observations);
      expect(both[1]!.rewards).toEqual(both[0]!.rewards);
    }
  });

  it('lights cells and nothing between', () => {
    const vector = new VectorEnvironment(all, 1);
    vector.reset(0, 1);
    for (let t = 0; t < 100; t++) {
      vector.step([t % 6]);
      expect(vector.observations.every((cell) => cell === 0 || cell === 1)).toBe(true);
      if (vector.active[0] === 0) vector.reset(0, t);
    }
  });
});

it('one move in ten is the one before', () => {
  const vector = new VectorEnvironment(definitionOf('MinAtar/SpaceInvaders-v1'), 1);
  const column = (): number => vector.observations.findIndex((cell, i) => i % 6 === 0 && cell === 1) / 6 - 90;
  let stuck = 0;
  const turns = 3000;
  for (let turn = 0; turn < turns; turn++) {
    vector.reset(0, turn);
    vector.step([1]); // left, unless it sticks to nothing
    if (column() === 5) stuck++;
  }
  expect(Math.abs(stuck / turns - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / turns));
});
