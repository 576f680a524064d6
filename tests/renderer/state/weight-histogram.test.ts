import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KernelStatistics } from '../../../src-main/contract/statistics.ts';
import { livingWeights } from '../../../src-main/engine/inspection/living-weights.ts';
import {
  commonWidth,
  countWithin,
  histogramPoints,
  shareWithin,
  spanOf,
} from '../../../src-renderer/state/weight-histogram.ts';

const weight = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -4, max: 4 }),
  fc.constant(0),
  fc.constant(50),
);
const kernels = fc
  .array(weight, { minLength: 1, maxLength: 80 })
  .map((values) => Float32Array.from(values))
  .filter((values) => values.some((value) => value !== 0));
const livingOf = (values: Float32Array): NonNullable<KernelStatistics['living']> => livingWeights(values)!;
const nonzero = (values: Float32Array): Float32Array => values.filter((value) => value !== 0);

describe('two histograms laid over each other', () => {
  it('share their bins, and each bin counts the weights between its edges', () => {
    fc.assert(
      fc.property(kernels, kernels, (a, b) => {
        const living = [livingOf(a), livingOf(b)];
        const span = spanOf(living);
        const width = commonWidth(living, span, 24);
        expect((span.to - span.from) / width).toBeLessThanOrEqual(24);
        for (const [which, values] of [a, b].entries()) {
          const { points, beyond } = histogramPoints(living[which]!, span, width);
          const drawn = points.reduce((sum, { y }) => sum + y, 0);
          expect(drawn + beyond).toBe(nonzero(values).length);
          const { histogram } = living[which]!;
          const end = 1024 * histogram.width;
          for (const { x, y } of points.slice(1, -1)) {
            // The largest possible weight is counted in the last bin below it.
            const inside = nonzero(values).filter(
              (value) => (value >= x && value < x + width && value !== end) || (value === end && x + width === end),
            );
            expect(y).toBe(inside.length);
          }
        }
      }),
    );
  });

  it('begin and end with nothing', () => {
    const living = livingOf(Float32Array.of(-1, 0.5, 2));
    const { points } = histogramPoints(living, spanOf([living]), 0.5);
    expect([points[0]!.y, points.at(-1)!.y]).toEqual([0, 0]);
  });

  it('show where most weights are, whatever one of them is', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1000 : Math.sin(i)));
    const span = spanOf([livingOf(values)]);
    expect(span.to).toBeLessThan(2);
    expect(histogramPoints(livingOf(values), span, 0.5).beyond).toBeGreaterThanOrEqual(1);
  });
});

describe('a threshold', () => {
  it('takes what is at most as large, and what is zero is gone already', () => {
    expect(countWithin(Float32Array.of(-0.5, 0.5, 0, 0.25, 3, -3), 0.5)).toBe(3);
    expect(countWithin(Float32Array.of(0, 0), 1)).toBe(0);
  });

  it('takes of several layers the share that counting says, to a hundredth of each', () => {
    fc.assert(
      fc.property(
        fc.array(kernels, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (all, threshold) => {
          const statistics = all.map(
            (values) =>
              ({
                weights: values.length,
                zeros: values.length - nonzero(values).length,
                living: livingOf(values),
              }) as KernelStatistics,
          );
          const left = all.reduce((sum, values) => sum + nonzero(values).length, 0);
          const exact = all.reduce((sum, values) => sum + countWithin(values, threshold), 0) / left;
          // A hundredth, and one weight of each layer at the edge.
          expect(Math.abs(shareWithin(statistics, threshold) - exact)).toBeLessThanOrEqual(0.011 + all.length / left);
        },
      ),
    );
  });
});
