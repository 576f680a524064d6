import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src-main/engine/random/random.ts';
import { randomStateSchema } from '../../../src-main/engine/random/random-state.ts';

const draw = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.uniform());
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

it('equal seeds give equal streams, other seeds others', () => {
  expect(draw(new Random(7), 20)).toEqual(draw(new Random(7), 20));
  const seeds = [0, 1, 2, 3, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 40, Number.MAX_SAFE_INTEGER];
  expect(new Set(seeds.map((seed) => draw(new Random(seed), 3).join())).size).toBe(seeds.length);
});

it('a saved state goes on exactly, also between the two halves of a normal pair, and survives JSON', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 5 }), (seed, normals) => {
      const random = new Random(seed);
      for (let i = 0; i < normals; i++) random.normal();
      const state = randomStateSchema.parse(JSON.parse(JSON.stringify(random.saveState())));
      const other = Random.fromState(state);
      const next = (r: Random): number[] => [r.normal(), r.uniform(), r.normal(), r.integer(10)];
      expect(next(other)).toEqual(next(random));
    }),
  );
});

it('a saved state does not move with its source', () => {
  const random = new Random(1);
  const state = random.saveState();
  const first = draw(random, 3);
  expect(draw(Random.fromState(state), 3)).toEqual(first);
});

describe('distributions', () => {
  const n = 40_000;

  it('uniform: in [0, 1), mean ½, variance 1/12, neighbours uncorrelated', () => {
    const values = draw(new Random(3), n);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((v) => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    expect(mean(values.slice(1).map((v, i) => (v - 0.5) * (values[i]! - 0.5)))).toBeCloseTo(0, 2);
  });

  it('the first draws of neighbouring seeds are uniform too', () => {
    const firsts = Array.from({ length: n }, (_, seed) => new Random(seed).uniform());
    expect(mean(firsts)).toBeCloseTo(0.5, 2);
    expect(mean(firsts.map((v) => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    expect(mean(firsts.slice(1).map((v, i) => (v - 0.5) * (firsts[i]! - 0.5)))).toBeCloseTo(0, 2);
  });

  it('normal: moments 0, 1, 0, 3', () => {
    const random = new Random(5);
    const values = Array.from({ length: n }, () => random.normal());
    const moments = [1, 2, 3, 4].map((power) => mean(values.map((v) => v ** power)));
    expect(moments[0]).toBeCloseTo(0, 1);
    expect(moments[1]).toBeCloseTo(1, 1);
    expect(Math.abs(moments[2]!)).toBeLessThan(0.1);
    expect(Math.abs(moments[3]! - 3)).toBeLessThan(0.2);
  });

  it('integer: every value equally often (χ² with 6 degrees of freedom below its 99.99 % quantile)', () => {
    const random = new Random(11);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < n; i++) counts[random.integer(7)]!++;
    const expected = n / 7;
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(27.9);
  });

  it('between: within its bounds', () => {
    const random = new Random(2);
    const values = Array.from({ length: 1000 }, () => random.between(-3, 5));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...values)).toBeLessThan(5);
    expect(Math.abs(mean(values) - 1)).toBeLessThan(0.3);
  });
});

it('what is drawn from a fork never shifts its source, and forks differ from each other', () => {
  const one = new Random(9);
  const other = new Random(9);
  const fork = one.fork();
  draw(fork, 100);
  other.fork();
  expect(draw(one, 5)).toEqual(draw(other, 5));
  expect(draw(one.fork(), 5)).not.toEqual(draw(one.fork(), 5));
});
