// Percentile bootstrap intervals (Efron 1979) of the mean and of the interquartile mean.
import type { Interval } from '../../contract/evaluation.ts';
import type { Random } from '../random/random.ts';

export interface BootstrapIntervals {
  readonly mean: Interval;
  readonly interquartileMean: Interval;
}

/** The q-quantile of ascending values, linear between neighbours (NumPy's default). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}

/** How many of n values are trimmed at each end of the interquartile mean: ⌊n/4⌋, as scipy's `trim_mean(x, 0.25)`. */
export const trimmedPerEnd = (n: number): number => Math.floor(n / 4);

function percentileInterval(statistics: Float64Array): Interval {
  statistics.sort();
  return { low: quantile(statistics, 0.025), high: quantile(statistics, 0.975) };
}

/**
 * 95 % intervals of both statistics from the same resamples.
 * A resample is kept as how often each value was drawn; as the values are sorted, its trimmed mean is one walk over
 * these counts and needs no sorting.
 * @param sorted ascending, at least one.
 */
export function bootstrapIntervals(sorted: Float64Array, random: Random, resamples: number): BootstrapIntervals {
  const n = sorted.length;
  const trimmed = trimmedPerEnd(n);
  const counts = new Int32Array(n);
  const means = new Float64Array(resamples);
  const middleMeans = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    counts.fill(0);
    for (let draw = 0; draw < n; draw++) counts[Math.floor(random.uniform() * n)]!++;
    let sum = 0;
    let middleSum = 0;
    let rank = 0;
    for (let i = 0; i < n; i++) {
      const count = counts[i]!;
      if (count === 0) continue;
      const value = sorted[i]!;
      sum += count * value;
      // Ranks [rank, rank + count) hold this value; those in [trimmed, n − trimmed) are in the middle.
      const inMiddle = Math.min(rank + count, n - trimmed) - Math.max(rank, trimmed);
      if (inMiddle > 0) middleSum += inMiddle * value;
      rank += count;
    }
    means[resample] = sum / n;
    middleMeans[resample] = middleSum / (n - 2 * trimmed);
  }
  return { mean: percentileInterval(means), interquartileMean: percentileInterval(middleMeans) };
}
