// The moon's surface: random hills around a flat landing pad, in metres from the lower left corner of the view.
import type { Random } from '../../random/random.ts';
import type { Point } from '../scene-geometry.ts';

/** Pixels of the original game per metre. */
export const SCALE = 30;
/** Of the view, in metres. */
export const WIDTH = 600 / SCALE;
export const HEIGHT = 400 / SCALE;

const POINTS = 11;
const MIDDLE = (POINTS - 1) / 2;
/** Height that is flown to. Smoothing leaves the ground of the pad a hundredth lower. */
export const PAD_HEIGHT = HEIGHT / 4;

const xOf = (point: number): number => (WIDTH / (POINTS - 1)) * point;
/** Where the landing pad begins and ends. */
export const PAD: readonly [number, number] = [xOf(MIDDLE - 1), xOf(MIDDLE + 1)];

/**
 * Heights uniform in [0, HEIGHT / 2), those of five points in the middle level; then every height becomes a third of the
 * sum of itself and its neighbours, the first point having the one beyond the last as its neighbour.
 */
export function drawTerrain(random: Random): Point[] {
  const heights = Array.from({ length: POINTS + 1 }, () => random.between(0, HEIGHT / 2));
  for (let point = MIDDLE - 2; point <= MIDDLE + 2; point++) heights[point] = PAD_HEIGHT;
  return Array.from({ length: POINTS }, (_, i): Point => {
    const before = heights[(i + POINTS) % (POINTS + 1)]!;
    return [xOf(i), 0.33 * (before + heights[i]! + heights[i + 1]!)];
  });
}
