// Counts in equal bins, the same bins for several series, so that they can be laid over each other.

export interface Histogram {
  /** Left edges of the bins, and the right edge of the last. */
  readonly edges: readonly number[];
  /** One list per series. */
  readonly counts: readonly (readonly number[])[];
}

/** @param bins at least 1; where all values are one, a single bin of width 1 around it */
export function histogram(series: readonly (readonly number[])[], bins: number): Histogram {
  const values = series.flat();
  if (values.length === 0) return { edges: [], counts: series.map(() => []) };
  // Not Math.min(...values): a million arguments are too many.
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (low === high) return { edges: [low - 0.5, low + 0.5], counts: series.map((own) => [own.length]) };
  const width = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, index) => low + index * width);
  const counts = series.map((own) => {
    const counted = new Array<number>(bins).fill(0);
    // The largest value belongs to the last bin, not to one after it.
    for (const value of own) counted[Math.min(bins - 1, Math.floor((value - low) / width))]!++;
    return counted;
  });
  return { edges, counts };
}
