// What nothing else beats in both directions.

/** Points that no other point equals or exceeds in both x and y while exceeding it in one; ascending in x. */
export function paretoFront<P extends { readonly x: number; readonly y: number }>(points: readonly P[]): P[] {
  const front: P[] = [];
  let best = -Infinity;
  // From the right: a point is in the front if it is higher than everything to its right.
  for (const point of points.toSorted((a, b) => b.x - a.x || b.y - a.y)) {
    if (point.y > best) front.push(point);
    best = Math.max(best, point.y);
  }
  return front.reverse();
}
