import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnSummarySchema } from '../../../src-main/contract/evaluation.ts';
import { bootstrapIntervals } from '../../../src-main/engine/evaluation/bootstrap.ts';
import {
  compareReturns,
  interquartileMean,
  summarizeReturns,
  TooFewReturnsError,
  UnpairedReturnsError,
} from '../../../src-main/engine/evaluation/return-statistics.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

const returnsOf = (minLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength, maxLength: 40 });

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** scipy.stats.trim_mean(values, 0.25). */
function trimMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.trunc(0.25 * sorted.length);
  return average(sorted.slice(cut, sorted.length - cut));
}

/** numpy.percentile, linear. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  return below + (sorted[Math.ceil(position)]! - below) * (position % 1);
}

function normalSample(random: Random, size: number, mean = 0, deviation = 1): number[] {
  return Array.from({ length: size }, () => mean + deviation * random.normal());
}

describe('point estimates', () => {
  it('are those of a sample small enough to work out by hand', () => {
    const summary = summarizeReturns([5, 1, 2, 10], { random: new Random(1), resamples: 100 });
    expect(summary).toMatchObject({ episodes: 4, mean: 4.5, median: 3.5, interquartileMean: 3.5, min: 1, max: 10 });
    expect(summary.standardDeviation).toBeCloseTo(Math.sqrt((0.25 + 12.25 + 6.25 + 30.25) / 3), 12);
    expect(summary.standardError).toBeCloseTo(summary.standardDeviation / 2, 12);
    expect(returnSummarySchema.parse(summary)).toEqual(summary);
  });

  it('are in order, and the interquartile mean is scipy’s', () => {
    fc.assert(
      fc.property(returnsOf(2), (returns) => {
        const summary = summarizeReturns(returns, { random: new Random(1), resamples: 20 });
        expect(summary.interquartileMean).toBeCloseTo(trimMean(returns), 8);
        expect(interquartileMean(returns)).toBe(summary.interquartileMean);
        expect(summary.mean).toBeCloseTo(average(returns), 8);
        expect(summary.median).toBeCloseTo(percentile(returns, 50), 8);
        for (const middle of [summary.mean, summary.median, summary.interquartileMean]) {
          expect(middle).toBeGreaterThanOrEqual(summary.min - 1e-9);
          expect(middle).toBeLessThanOrEqual(summary.max + 1e-9);
        }
      }),
    );
  });

  it('leave their input as it was', () => {
    const returns = Float64Array.of(3, 1, 2);
    summarizeReturns(returns, { random: new Random(1), resamples: 10 });
    expect([...returns]).toEqual([3, 1, 2]);
  });
});

describe('bootstrap intervals', () => {
  it('are those of resampling, sorting and trimming one by one', () => {
    fc.assert(
      fc.property(returnsOf(1), fc.integer({ min: 0, max: 1e9 }), (returns, seed) => {
        const sorted = Float64Array.from(returns).sort();
        const random = new Random(seed);
        const resamples = Array.from({ length: 50 }, () =>
          Array.from({ length: sorted.length }, () => sorted[Math.floor(random.uniform() * sorted.length)]!),
        );
        const intervals = bootstrapIntervals(sorted, new Random(seed), 50);
        const means = resamples.map(average);
        const middles = resamples.map(trimMean);
        expect(intervals.mean.low).toBeCloseTo(percentile(means, 2.5), 8);
        expect(intervals.mean.high).toBeCloseTo(percentile(means, 97.5), 8);
        expect(intervals.interquartileMean.low).toBeCloseTo(percentile(middles, 2.5), 8);
        expect(intervals.interquartileMean.high).toBeCloseTo(percentile(middles, 97.5), 8);
      }),
    );
  });

  it('reach 1.96 standard errors to each side of the mean of a normal sample', () => {
    const summary = summarizeReturns(normalSample(new Random(3), 400, 200, 25), { random: new Random(4) });
    const reach = 1.96 * summary.standardError;
    expect((summary.mean - summary.meanInterval.low) / reach).toBeCloseTo(1, 1);
    expect((summary.meanInterval.high - summary.mean) / reach).toBeCloseTo(1, 1);
    // The 25 % trimmed mean of normal samples has 1.19 times the variance of the mean.
    const width = summary.interquartileMeanInterval.high - summary.interquartileMeanInterval.low;
    expect(width / (2 * reach)).toBeGreaterThan(0.95);
    expect(width / (2 * reach)).toBeLessThan(1.3);
  });

  it('cover the true mean about 95 times in 100', () => {
    const random = new Random(5);
    let covered = 0;
    for (let repeat = 0; repeat < 400; repeat++) {
      const { meanInterval } = summarizeReturns(normalSample(random, 40, 7), { random, resamples: 400 });
      if (meanInterval.low <= 7 && 7 <= meanInterval.high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.9);
    expect(covered / 400).toBeLessThan(0.98);
  });

  it('are the same for the same seed, whatever the order of the returns', () => {
    const returns = normalSample(new Random(6), 30);
    const one = summarizeReturns(returns, { random: new Random(9), resamples: 500 });
    const other = summarizeReturns([...returns].reverse(), { random: new Random(9), resamples: 500 });
    expect(other).toEqual(one);
  });

  it('move with the returns', () => {
    const returns = normalSample(new Random(7), 30);
    const options = () => ({ random: new Random(9), resamples: 500 });
    const near = summarizeReturns(returns, options());
    const far = summarizeReturns(
      returns.map((value) => 3 * value - 100),
      options(),
    );
    expect(far.meanInterval.low).toBeCloseTo(3 * near.meanInterval.low - 100, 9);
    expect(far.interquartileMeanInterval.high).toBeCloseTo(3 * near.interquartileMeanInterval.high - 100, 9);
  });
});

describe('the paired difference', () => {
  it('is exact when every episode loses the same, however much episodes differ', () => {
    const parent = normalSample(new Random(8), 50, 0, 100);
    const child = parent.map((value) => value - 5);
    const { mean, meanInterval, episodes } = compareReturns({ child, parent }, { random: new Random(1) });
    expect(episodes).toBe(50);
    expect(mean).toBeCloseTo(-5, 9);
    expect(meanInterval.low).toBeCloseTo(-5, 9);
    expect(meanInterval.high).toBeCloseTo(-5, 9);
  });

  it('excludes zero for a loss that independent samples could not tell from noise', () => {
    const noise = new Random(10);
    const parent = normalSample(noise, 100, 0, 50);
    const child = parent.map((value) => value - 3 + noise.normal());
    const { meanInterval } = compareReturns({ child, parent }, { random: new Random(1) });
    expect(meanInterval.high).toBeLessThan(-2);
    const alone = summarizeReturns(child, { random: new Random(1) }).meanInterval;
    expect(alone.low).toBeLessThan(average(parent));
    expect(alone.high).toBeGreaterThan(average(parent));
  });
});

describe('what cannot be said', () => {
  it.each([[[]], [[1]]])('of %j', (returns) => {
    expect(() => summarizeReturns(returns, { random: new Random(1) })).toThrow(TooFewReturnsError);
  });

  it('of returns that are no pairs', () => {
    expect(() => compareReturns({ child: [1, 2], parent: [1, 2, 3] }, { random: new Random(1) })).toThrow(
      UnpairedReturnsError,
    );
  });
});
