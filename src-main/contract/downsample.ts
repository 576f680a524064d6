// Fewer points of a long series for drawing, without losing a peak or a gap: by the store, and by a page that follows.
export interface SeriesPoint {
  readonly sequence: number;
  readonly step: number;
  /** null: not a finite number. */
  readonly value: number | null;
}

export interface Downsampling {
  /** In order of sequence. */
  readonly points: Iterable<SeriesPoint>;
  /** The range of steps, both inclusive; every point lies in it. */
  readonly fromStep: number;
  readonly toStep: number;
  /** How many equal parts of the range; at most three points stay of each. */
  readonly buckets: number;
}

interface Bucket {
  min: SeriesPoint | null;
  max: SeriesPoint | null;
  gap: SeriesPoint | null;
}

/** Of each bucket the first point with the least value, with the greatest value, and without a value. */
export function downsample({ points, fromStep, toStep, buckets }: Downsampling): SeriesPoint[] {
  const filled = new Map<number, Bucket>();
  const width = (toStep - fromStep + 1) / buckets;
  for (const point of points) {
    const index = Math.min(buckets - 1, Math.floor((point.step - fromStep) / width));
    const bucket = filled.get(index);
    if (bucket === undefined) filled.set(index, newBucket(point));
    else if (point.value === null) bucket.gap ??= point;
    else {
      if (bucket.min?.value == null || point.value < bucket.min.value) bucket.min = point;
      if (bucket.max?.value == null || point.value > bucket.max.value) bucket.max = point;
    }
  }
  const kept = new Set<SeriesPoint>();
  for (const { min, max, gap } of filled.values()) {
    for (const point of [min, max, gap]) if (point !== null) kept.add(point);
  }
  return [...kept].sort((a, b) => a.sequence - b.sequence);
}

function newBucket(point: SeriesPoint): Bucket {
  return point.value === null ? { min: null, max: null, gap: point } : { min: point, max: point, gap: null };
}
