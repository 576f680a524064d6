import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogram } from '../../../src-renderer/charts/histogram.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 50 });

it('counts every value once, in a bin that holds it', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 20 }), (series, bins) => {
      const { edges, counts } = histogram(series, bins);
      // Edges on round numbers may need one bin more.
      expect(counts[0]!.length).toBeLessThanOrEqual(bins + 1);
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

it('has edges on round numbers, also where values are not', () => {
  expect(
    histogram(
      [
        [9.3, 187.7],
        [52, 101],
      ],
      5,
    ),
  ).toEqual({
    edges: [0, 50, 100, 150, 200],
    counts: [
      [1, 0, 0, 1],
      [0, 1, 1, 0],
    ],
  });
});

it('of one value alone is one bin around it', () => {
  expect(histogram([[500, 500], [500]], 24)).toEqual({ edges: [495, 505], counts: [[2], [1]] });
  expect(histogram([[0]], 24)).toEqual({ edges: [-0.01, 0.01], counts: [[1]] });
});
