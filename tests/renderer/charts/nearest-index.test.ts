import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestIndex } from '../../../src-renderer/charts/nearest-index.ts';

it('nothing is nearer, and of two as near the lower is taken', () => {
  const places = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(places, fc.integer({ min: -60, max: 60 }), (unsorted, x) => {
      const xs = unsorted.toSorted((a, b) => a - b);
      const distances = xs.map((place) => Math.abs(place - x));
      const least = Math.min(...distances);
      const found = nearestIndex(xs, x);
      expect(distances[found]).toBe(least);
      expect(xs[found]).toBe(xs[distances.indexOf(least)]);
    }),
  );
});
