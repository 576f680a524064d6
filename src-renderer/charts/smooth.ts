// Exponential smoothing for noisy curves, as TensorBoard has it: early points are not drawn towards zero.
import type { CurvePoint } from './curve.ts';

/**
 * s_t = w·s_{t−1} + (1 − w)·y_t, divided by 1 − w^t (Kingma & Ba 2015, section 3). A gap stays a gap.
 * @param weight in [0, 1); 0 leaves everything as it is
 */
export function smooth(points: readonly CurvePoint[], weight: number): readonly CurvePoint[] {
  if (weight === 0) return points;
  let sum = 0;
  let norm = 0;
  return points.map(({ x, y }) => {
    if (y === null) return { x, y };
    sum = weight * sum + (1 - weight) * y;
    norm = weight * norm + (1 - weight);
    return { x, y: sum / norm };
  });
}
