// Against the definition, point by point.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paretoFront } from '../../../src-renderer/charts/pareto-front.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}
const beats = (a: Point, b: Point): boolean => a.x >= b.x && a.y >= b.y && (a.x > b.x || a.y > b.y);
const small = fc.integer({ min: 0, max: 6 });

it('keeps exactly what nothing else beats, each place once, ascending', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ x: small, y: small })), (points) => {
      const front = paretoFront(points);
      const unbeaten = points.filter((point) => !points.some((other) => beats(other, point)));
      const places = (list: readonly Point[]): string[] => [...new Set(list.map(({ x, y }) => `${x} ${y}`))].sort();
      expect(places(front)).toEqual(places(unbeaten));
      expect(front.length).toBe(places(front).length);
      expect(front.map(({ x }) => x)).toEqual(front.map(({ x }) => x).toSorted((a, b) => a - b));
    }),
  );
});
