// Counts in equal bins with round edges, the same bins for several series, so that they can be laid over each other.

export interface Histogram {
  /** Left edges of the bins, and the right edge of the last. */
  readonly edges: readonly number[];
  /** One list per series. */
  readonly counts: readonly (readonly number[])[];
}

/** The least of 1, 2, 5, 10, 20 … and their tenths that is not smaller. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= width * (1 - 1e-9))!;
}

/** What lies closer together than this share of its size is one value. */
const SAME = 1e-9;

/** @param most bins, at least 1; where all values are one, a single bin in the middle of which it lies */
export function histogram(series: readonly (readonly number[])[], most: number): Histogram {
  const values = series.flat();
  if (values.length === 0) return { edges: [], counts: series.map(() => []) };
  // Not Math.min(...values): a million arguments are too many.
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((larger, value) => Math.max(larger, value), -Infinity);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= SAME * Math.max(1, size)) {
    const half = roundUp(Math.max(1, size) / 50) / 2;
    return { edges: [low - half, high + half], counts: series.map((own) => [own.length]) };
  }
  const width = roundUp((high - low) / most);
  const first = Math.floor(low / width);
  const bins = Math.max(1, Math.ceil(high / width) - first);
  const edges = Array.from({ length: bins + 1 }, (_, index) => (first + index) * width);
  const counts = series.map((own) => {
    const counted = new Array<number>(bins).fill(0);
    // A largest value on the last edge belongs to the last bin, not to one after it.
    for (const value of own) counted[Math.max(0, Math.min(bins - 1, Math.floor(value / width) - first))]!++;
    return counted;
  });
  return { edges, counts };
}
