import type { z } from 'zod';
import type { livingWeightsSchema } from '../../contract/statistics.ts';
import { histogramOf } from './histogram.ts';

type LivingWeights = z.infer<typeof livingWeightsSchema>;

/** The k-th smallest of n sorted values for the share p: nearest rank, so that every quantile is a value that occurs. */
const nearestRank = (count: number, share: number): number => Math.round(share * (count - 1));

/**
 * What the weights that are not zero are like; null when there are none.
 * @param values finite
 */
export function livingWeights(values: Float32Array): LivingWeights | null {
  const living = values.filter((value) => value !== 0);
  const count = living.length;
  if (count === 0) return null;
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of living) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of living) squares += (value - mean) ** 2;
  const magnitudes = living.map(Math.abs).sort();
  return {
    min,
    max,
    mean,
    standardDeviation: Math.sqrt(squares / count),
    magnitudeQuantiles: Array.from({ length: 101 }, (_, i) => magnitudes[nearestRank(count, i / 100)]!),
    histogram: histogramOf(living),
  };
}
