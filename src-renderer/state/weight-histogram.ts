// Histograms brought onto one width of bins, and what a threshold would take; numbers only.
import { HISTOGRAM_SIDE, type KernelStatistics } from '../../src-main/contract/statistics.ts';

type Living = NonNullable<KernelStatistics['living']>;

/** From and to, in weights. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where most weights lie: a few that are far larger would squeeze all others into one bin. */
export function spanOf(living: readonly Living[]): Span {
  const reach = 1.5 * Math.max(...living.map(({ magnitudeQuantiles }) => magnitudeQuantiles[98]!));
  return {
    from: Math.max(-reach, Math.min(...living.map(({ min }) => min))),
    to: Math.min(reach, Math.max(...living.map(({ max }) => max))),
  };
}

/** The narrowest width that every histogram can be brought to, and that needs at most `most` bins. */
export function commonWidth(living: readonly Living[], { from, to }: Span, most: number): number {
  let width = Math.max(...living.map(({ histogram }) => histogram.width));
  while ((to - from) / width > most) width *= 2;
  return width;
}

/**
 * Counts by the lower edge of their bin, an empty bin at each end: drawn as steps, every count lasts up to the next edge.
 * @param width the histogram's own, or 2, 4, 8 … times as much
 * @returns the bins that touch the span, and how many weights lie in others
 */
export function histogramPoints(
  { histogram }: Living,
  { from, to }: Span,
  width: number,
): { points: { x: number; y: number }[]; beyond: number } {
  const first = Math.floor(from / width);
  const counts = new Array<number>(Math.floor(to / width) - first + 1).fill(0);
  const perBin = width / histogram.width;
  let beyond = 0;
  histogram.counts.forEach((count, bin) => {
    const at = Math.floor((bin - HISTOGRAM_SIDE) / perBin) - first;
    if (at in counts) counts[at]! += count;
    else beyond += count;
  });
  const points = [
    { x: (first - 1) * width, y: 0 },
    ...counts.map((y, i) => ({ x: (first + i) * width, y })),
    { x: (first + counts.length) * width, y: 0 },
  ];
  return { points, beyond };
}

/** How many weights are at most this large, zeros left out. */
export function countWithin(values: Float32Array, threshold: number): number {
  let count = 0;
  for (const value of values) if (value !== 0 && value <= threshold && value >= -threshold) count++;
  return count;
}

/** The share of the weights of some layers, zeros left out, that are at most this large; to a hundredth of each layer. */
export function shareWithin(kernels: readonly KernelStatistics[], threshold: number): number {
  let [within, all] = [0, 0];
  for (const { weights, zeros, living } of kernels) {
    if (living === null) continue;
    all += weights - zeros;
    const above = living.magnitudeQuantiles.findIndex((magnitude) => magnitude > threshold);
    const hundredths = above < 0 ? 100 : Math.max(0, above - 0.5);
    within += above === 0 ? 0 : ((weights - zeros) * hundredths) / 100;
  }
  return all === 0 ? 0 : within / all;
}
