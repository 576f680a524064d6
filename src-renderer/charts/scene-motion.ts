// Pictures between two pictures: a world that steps fifteen times a second is seen to move, not to jump.
import type { DrawableShape, Point } from './drawable-scene.ts';

const mix = (a: number, b: number, share: number): number => a + share * (b - a);
const mixPoints = (a: readonly Point[], b: readonly Point[], share: number): Point[] =>
  a.map(([x, y], i) => [mix(x, b[i]![0], share), mix(y, b[i]![1], share)]);

function mixShape(a: DrawableShape, b: DrawableShape, share: number): DrawableShape {
  if (a === b || a.kind === 'picture' || b.kind === 'picture' || a.role !== b.role) return a;
  if (a.kind === 'circle') {
    if (b.kind !== 'circle') return a;
    const [center] = mixPoints([a.center], [b.center], share);
    return { ...a, center: center!, radius: mix(a.radius, b.radius, share) };
  }
  if (b.kind !== a.kind || a.points.length !== b.points.length) return a;
  const points = mixPoints(a.points, b.points, share);
  return a.kind === 'line' && b.kind === 'line'
    ? { ...a, points, width: mix(a.width, b.width, share) }
    : { ...a, points };
}

/**
 * Where both pictures are made of the same shapes, every point on its way from one to the other; else the first picture.
 * @param share 0 is the first, 1 the second
 */
export function between(
  first: readonly DrawableShape[],
  second: readonly DrawableShape[],
  share: number,
): readonly DrawableShape[] {
  if (share === 0 || first.length !== second.length) return first;
  return first.map((shape, i) => mixShape(shape, second[i]!, share));
}
