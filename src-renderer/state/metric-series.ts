// One metric of a run as it grows: never more points than a chart can show, and no peak or gap lost.
import type { SeriesPoint } from '../../src-main/contract/api/runs.ts';
import { downsample } from '../../src-main/contract/downsample.ts';

/** Beyond this many, neighbours are joined. */
const MOST_POINTS = 3000;
/** Parts of the range that are left then; each has at most a least, a greatest and a missing value. */
const BUCKETS = 500;

/** A series at one moment. */
export interface SeriesView {
  /** In order of sequence. */
  readonly points: readonly SeriesPoint[];
  /** The newest point that has a value, whether it is drawn or not. */
  readonly last: SeriesPoint | null;
}

export class MetricSeries {
  #points: SeriesPoint[] = [];
  #last: SeriesPoint | null = null;

  get view(): SeriesView {
    return { points: this.#points, last: this.#last };
  }

  /** @param points in order, after all that are there */
  add(points: readonly SeriesPoint[]): void {
    // Not in place: whoever draws the earlier ones may still hold them.
    this.#points = [...this.#points, ...points];
    this.#last = points.findLast(({ value }) => value !== null) ?? this.#last;
    if (this.#points.length <= MOST_POINTS) return;
    const steps = this.#points.map(({ step }) => step);
    const [fromStep, toStep] = [steps.reduce((a, b) => Math.min(a, b)), steps.reduce((a, b) => Math.max(a, b))];
    this.#points = downsample({ points: this.#points, fromStep, toStep, buckets: BUCKETS });
  }
}
