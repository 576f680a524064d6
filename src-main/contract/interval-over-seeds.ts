// How sure one can be of a mean over a few training runs. A bootstrap of three of them would be far too sure of itself.
import type { Interval } from './evaluation.ts';

/** 0.975-quantiles of Student's t with 1, 2, … degrees of freedom. */
const FEW = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139];
/** That of the normal distribution. */
const Z = 1.959964;

/** Hill 1970, "Algorithm 396": the expansion of Cornish & Fisher beyond the table; its error is below 1e-4. */
function quantile(degrees: number): number {
  const known = FEW[degrees - 1];
  if (known !== undefined) return known;
  const first = (Z ** 3 + Z) / 4;
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const third = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  return Z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}

export interface MeanOverSeeds {
  readonly mean: number;
  /** mean ± t·s/√n, 95 % (Student 1908); null for a single run, which says nothing of others. */
  readonly interval: Interval | null;
}

/** @param values one of each run, at least one */
export function meanOverSeeds(values: readonly number[]): MeanOverSeeds {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  if (n === 1) return { mean, interval: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = quantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean, interval: { low: mean - half, high: mean + half } };
}

/** A point of the learning curve that all runs have. */
export interface CurvePoint extends MeanOverSeeds {
  readonly step: number;
}

/** What all curves have in common, step by step. */
export function meanCurve(curves: readonly ReadonlyMap<number, number>[]): CurvePoint[] {
  const steps = [...(curves[0]?.keys() ?? [])].filter((step) => curves.every((curve) => curve.has(step)));
  return steps.map((step) => ({ step, ...meanOverSeeds(curves.map((curve) => curve.get(step)!)) }));
}
