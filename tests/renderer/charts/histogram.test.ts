import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogram } from '../../../src-renderer/charts/histogram.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 50 });

it('counts every value once, in a bin that holds it', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 20 }), (series, bins) => {
      const { edges, counts } = histogram(series, bins);
      series.forEach((own, index) => {
        expect(counts[index]!.reduce((sum, count) => sum + count, 0)).toBe(own.length);
      });
      const all = series.flat();
      if (all.length === 0) return;
      expect(edges[0]).toBeLessThanOrEqual(Math.min(...all));
      const scale = Math.max(1, ...all.map(Math.abs));
      expect(edges.at(-1)!).toBeGreaterThanOrEqual(Math.max(...all) - 1e-9 * scale);
      expect(edges.length).toBe(counts[0]!.length + 1);
    }),
  );
});

it('of ten values in five bins is what one counts by hand', () => {
  expect(histogram([[0, 1, 2, 3, 4, 5, 6, 7, 8, 10]], 5)).toEqual({
    edges: [0, 2, 4, 6, 8, 10],
    counts: [[2, 2, 2, 2, 2]],
  });
});
