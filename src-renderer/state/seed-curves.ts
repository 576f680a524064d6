// Learning curves of several seeds, and what they say together.
import type { SeriesPoint } from '../../src-main/contract/api/runs.ts';
import type { Run, RunStatus } from '../../src-main/contract/entity.ts';
import { meanCurve, type CurvePoint } from '../../src-main/contract/interval-over-seeds.ts';

export interface SeedCurve {
  readonly seed: number;
  readonly status: RunStatus;
  /** Return by step. */
  readonly points: ReadonlyMap<number, number>;
}

export function seedCurveOf({ seed, status }: Run, points: readonly SeriesPoint[]): SeedCurve {
  const measured = points.flatMap(({ step, value }) => (value === null ? [] : [[step, value] as const]));
  return { seed, status, points: new Map(measured) };
}

export interface MeanOfSeeds {
  /** That the mean is over. */
  readonly seeds: readonly SeedCurve[];
  /** As far as all of these have been measured. */
  readonly points: readonly CurvePoint[];
}

/**
 * What failed or was cancelled has ended at some step for a reason of its own, and what has measured nothing yet would
 * leave nothing in common: neither is part of the mean.
 */
export function meanOfSeeds(curves: readonly SeedCurve[]): MeanOfSeeds {
  const seeds = curves.filter(({ status, points }) => points.size > 0 && status !== 'failed' && status !== 'cancelled');
  return { seeds, points: meanCurve(seeds.map(({ points }) => points)) };
}

export interface CurveRow {
  readonly step: number;
  readonly mean: CurvePoint | null;
  /** In the order of the curves; null where one was not measured. */
  readonly values: readonly (number | null)[];
}

/** Every step that any of them was measured at. */
export function rowsOf(curves: readonly SeedCurve[]): readonly CurveRow[] {
  const means = new Map(meanOfSeeds(curves).points.map((point) => [point.step, point]));
  const steps = new Set(curves.flatMap(({ points }) => [...points.keys()]));
  return [...steps]
    .sort((a, b) => a - b)
    .map((step) => ({
      step,
      mean: means.get(step) ?? null,
      values: curves.map(({ points }) => points.get(step) ?? null),
    }));
}
