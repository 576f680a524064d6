// Where a plane of cells is in its view, by properties that any such geometry has.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellAt,
  fit,
  pan,
  reveal,
  zoom,
  type Size,
  type Viewport,
} from '../../../src-renderer/charts/heat-map/viewport.ts';

const planes = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
const views = fc.record({ width: fc.integer({ min: 100, max: 2000 }), height: fc.integer({ min: 100, max: 2000 }) });
const points = fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 2000 }) });
const factors = fc.double({ min: 0.2, max: 5, noNaN: true });

/** Where a cell's upper left corner is in the view. */
const cornerOf = ({ scale, x, y }: Viewport, column: number, row: number): [number, number] => [
  x + column * scale,
  y + row * scale,
];

/** How much of the plane is in view along both axes, in pixels. */
function overlap({ scale, x, y }: Viewport, plane: Size, view: Size): [number, number] {
  const along = (at: number, length: number, room: number): number => Math.min(at + length, room) - Math.max(at, 0);
  return [along(x, plane.width * scale, view.width), along(y, plane.height * scale, view.height)];
}

describe('a plane', () => {
  it('fits: all of it is in view, in the middle, and its cells are squares that touch a limit', () => {
    fc.assert(
      fc.property(planes, views, (plane, view) => {
        const viewport = fit(plane, view);
        const [left, top] = cornerOf(viewport, 0, 0);
        const [right, bottom] = cornerOf(viewport, plane.width, plane.height);
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(view.width);
        expect(bottom).toBeLessThanOrEqual(view.height);
        expect(left).toBeCloseTo(view.width - right, 6);
        expect(top).toBeCloseTo(view.height - bottom, 6);
        const slack = Math.min(left, top);
        expect(slack < 2.5 || viewport.scale === 56).toBe(true);
      }),
    );
  });

  it('is never lost, however it is dragged and zoomed', () => {
    fc.assert(
      fc.property(
        planes,
        views,
        fc.array(fc.tuple(points, points, factors), { maxLength: 8 }),
        (plane, view, moves) => {
          let viewport = fit(plane, view);
          for (const [by, at, factor] of moves) {
            viewport = zoom(viewport, factor, at, plane, view);
            viewport = pan(viewport, { x: 2 * by.x - 2000, y: 2 * by.y - 2000 }, plane, view);
          }
          for (const [axis, pixels] of overlap(viewport, plane, view).entries()) {
            const whole = (axis === 0 ? plane.width : plane.height) * viewport.scale;
            expect(pixels).toBeGreaterThanOrEqual(Math.min(48, whole) - 1e-6);
          }
        },
      ),
    );
  });
});

it('zooming keeps the point under the pointer where it is, as long as nothing holds the plane', () => {
  const [plane, view] = [
    { width: 3136, height: 512 },
    { width: 900, height: 400 },
  ];
  fc.assert(
    fc.property(factors, fc.integer({ min: 200, max: 700 }), fc.integer({ min: 150, max: 250 }), (factor, x, y) => {
      const before: Viewport = { scale: 2, x: -800, y: -200 };
      const after = zoom(before, factor, { x, y }, plane, view);
      const under = ({ scale, x: left, y: top }: Viewport): [number, number] => [(x - left) / scale, (y - top) / scale];
      expect(under(after)[0]).toBeCloseTo(under(before)[0], 6);
      expect(under(after)[1]).toBeCloseTo(under(before)[1], 6);
    }),
  );
});

it('the cell at a point is the one that is drawn there', () => {
  fc.assert(
    fc.property(planes, views, points, (plane, view, at) => {
      const viewport = fit(plane, view);
      const cell = cellAt(viewport, at, plane);
      const inside = (start: number, cells: number, point: number): boolean =>
        point >= start && point < start + cells * viewport.scale;
      expect(cell !== null).toBe(inside(viewport.x, plane.width, at.x) && inside(viewport.y, plane.height, at.y));
      if (cell === null) return;
      const [left, top] = cornerOf(viewport, cell.column, cell.row);
      expect(at.x - left).toBeGreaterThanOrEqual(-1e-6);
      expect(at.x - left).toBeLessThanOrEqual(viewport.scale + 1e-6);
      expect(at.y - top).toBeGreaterThanOrEqual(-1e-6);
      expect(at.y - top).toBeLessThanOrEqual(viewport.scale + 1e-6);
    }),
  );
});

it('a cell beyond the edge is brought in, and one in view moves nothing', () => {
  const view = { width: 300, height: 200 };
  const viewport: Viewport = { scale: 20, x: -100, y: 0 };
  expect(reveal(viewport, { column: 10, row: 3 }, view)).toEqual(viewport);
  const [left] = cornerOf(reveal(viewport, { column: 2, row: 3 }, view), 2, 3);
  expect(left).toBe(0);
  const [, top] = cornerOf(reveal(viewport, { column: 10, row: 40 }, view), 10, 40);
  expect(top + viewport.scale).toBe(200);
});
