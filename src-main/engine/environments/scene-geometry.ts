// Points of the shapes that the scenes are drawn from: y up, angles counter-clockwise in radians.

export type Point = [number, number];

/** A point of a body's own frame, put where the body is. */
export function place(point: Point, body: { readonly x: number; readonly y: number; readonly angle: number }): Point {
  const cos = Math.cos(body.angle);
  const sin = Math.sin(body.angle);
  return [body.x + cos * point[0] - sin * point[1], body.y + sin * point[0] + cos * point[1]];
}

/** The two ends of a straight line. */
export const segment = (from: Point, to: Point): Point[] => [from, to];

/** Corners of an upright rectangle around (x, y). */
export function rectangle(box: { x: number; y: number; width: number; height: number }): Point[] {
  const { x, y } = box;
  const halfWidth = box.width / 2;
  const halfHeight = box.height / 2;
  return [
    [x - halfWidth, y - halfHeight],
    [x + halfWidth, y - halfHeight],
    [x + halfWidth, y + halfHeight],
    [x - halfWidth, y + halfHeight],
  ];
}

/** Points along an arc around the origin, from one angle to another, both ends included. */
export function arc(span: { radius: number; from: number; to: number }): Point[] {
  const segments = Math.max(2, Math.ceil(Math.abs(span.to - span.from) / 0.1));
  return Array.from({ length: segments + 1 }, (_, i): Point => {
    const angle = span.from + ((span.to - span.from) * i) / segments;
    return [span.radius * Math.cos(angle), span.radius * Math.sin(angle)];
  });
}
