import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanCurve, meanOverSeeds } from '../../src-main/contract/interval-over-seeds.ts';
import { Random } from '../../src-main/engine/random/random.ts';

/** Half of the interval in units of s/√n: the quantile of Student's t that was used. */
function quantileOf(n: number): number {
  const values = Array.from({ length: n }, (_, i) => i * i);
  const { mean, interval } = meanOverSeeds(values);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  expect(mean - interval!.low).toBeCloseTo(interval!.high - mean, 9);
  return (interval!.high - mean) / (deviation / Math.sqrt(n));
}

describe('meanOverSeeds', () => {
  it.each([
    // Degrees of freedom and t(0.975), from printed tables.
    [1, 12.706],
    [2, 4.303],
    [4, 2.776],
    [10, 2.228],
    [11, 2.201],
    [15, 2.131],
    [20, 2.086],
    [29, 2.045],
    [60, 2.0],
    [120, 1.98],
  ])('with %d degrees of freedom uses t = %d', (degrees, t) => {
    expect(quantileOf(degrees + 1)).toBeCloseTo(t, 3);
  });

  it('has the true mean inside in 95 of 100 samples of three', () => {
    const random = new Random(4);
    const trials = 4000;
    let inside = 0;
    for (let i = 0; i < trials; i++) {
      const { interval } = meanOverSeeds([0, 1, 2].map(() => 7 + 3 * random.normal()));
      if (interval!.low <= 7 && 7 <= interval!.high) inside++;
    }
    expect(Math.abs(inside / trials - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / trials));
  });

  it('says nothing of other runs where there is but one, and nothing else where all agree', () => {
    expect(meanOverSeeds([5])).toEqual({ mean: 5, interval: null });
    expect(meanOverSeeds([500, 500, 500])).toEqual({ mean: 500, interval: { low: 500, high: 500 } });
  });
});

describe('meanCurve', () => {
  it('has the steps that all runs have, with the mean of their values', () => {
    const curve = fc.dictionary(fc.integer({ min: 0, max: 9 }).map(String), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 4 }), (curves) => {
        const maps = curves.map((each) => new Map(Object.entries(each).map(([step, value]) => [Number(step), value])));
        const expected = Array.from({ length: 10 }, (_, step) => step)
          .filter((step) => curves.every((each) => String(step) in each))
          .map((step) => [step, curves.reduce((sum, each) => sum + each[step]!, 0) / curves.length]);
        const points = meanCurve(maps);
        expect(points.map(({ step }) => step)).toEqual(expected.map(([step]) => step));
        for (const [i, { mean }] of points.entries()) expect(mean).toBeCloseTo(expected[i]![1]!, 9);
      }),
    );
  });
});
