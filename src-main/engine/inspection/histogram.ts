import { HISTOGRAM_SIDE, type Histogram } from '../../contract/statistics.ts';

/**
 * Counts of the values that are not zero, in bins whose width is the smallest power of two that covers all of them.
 * @param values finite, at least one of them not zero
 */
export function histogramOf(values: Float32Array): Histogram {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  // A division by a power of two is exact, so the logarithm's rounding is the only one; the loop makes up for it.
  let width = 2 ** Math.floor(Math.log2(largest / HISTOGRAM_SIDE));
  while (width * HISTOGRAM_SIDE < largest) width *= 2;
  const counts = new Array<number>(2 * HISTOGRAM_SIDE).fill(0);
  for (const value of values) {
    // The largest possible value lies on the end of the last bin.
    if (value !== 0) counts[Math.min(2 * HISTOGRAM_SIDE - 1, HISTOGRAM_SIDE + Math.floor(value / width))]!++;
  }
  return { width, counts };
}
