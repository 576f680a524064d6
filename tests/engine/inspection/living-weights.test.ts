import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HISTOGRAM_SIDE } from '../../../src-main/contract/statistics.ts';
import { histogramOf } from '../../../src-main/engine/inspection/histogram.ts';
import { livingWeights } from '../../../src-main/engine/inspection/living-weights.ts';

const weight = fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 });
const kernels = fc.array(fc.oneof(weight, fc.constant(0)), { minLength: 1, maxLength: 60 });
const someAlive = kernels.filter((values) => values.some((value) => value !== 0));

describe('a histogram', () => {
  it('counts every weight that is not zero between the edges of its bin', () => {
    fc.assert(
      fc.property(someAlive, (values) => {
        const { width, counts } = histogramOf(Float32Array.from(values));
        const living = Float32Array.from(values).filter((value) => value !== 0);
        counts.forEach((count, bin) => {
          const [from, to] = [(bin - HISTOGRAM_SIDE) * width, (bin - HISTOGRAM_SIDE + 1) * width];
          const last = bin === counts.length - 1;
          expect(count).toBe(living.filter((value) => value >= from && (last ? value <= to : value < to)).length);
        });
      }),
    );
  });

  it('has the narrowest bins that a power of two allows', () => {
    fc.assert(
      fc.property(someAlive, (values) => {
        const { width } = histogramOf(Float32Array.from(values));
        const largest = Math.max(...Float32Array.from(values).map(Math.abs));
        expect(Number.isInteger(Math.log2(width))).toBe(true);
        expect(HISTOGRAM_SIDE * width).toBeGreaterThanOrEqual(largest);
        expect((HISTOGRAM_SIDE * width) / 2).toBeLessThan(largest);
      }),
    );
  });

  it('of twice the width is the sum of neighbours', () => {
    const values = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i) * 0.9);
    const narrow = histogramOf(values);
    const wide = histogramOf(Float32Array.from([...values, 2 * HISTOGRAM_SIDE * narrow.width]));
    expect(wide.width).toBe(2 * narrow.width);
    const merged = new Array<number>(narrow.counts.length).fill(0);
    narrow.counts.forEach((count, bin) => {
      merged[HISTOGRAM_SIDE + Math.floor((bin - HISTOGRAM_SIDE) / 2)]! += count;
    });
    merged[merged.length - 1]! += 1; // the weight that made it wider
    expect(wide.counts).toEqual(merged);
  });
});

describe('what is left of a kernel', () => {
  it('by hand', () => {
    const living = livingWeights(Float32Array.of(0, -3, 1, 0, 2, 4))!;
    expect(living).toMatchObject({ min: -3, max: 4, mean: 1 });
    // (16 + 0 + 1 + 9) / 4
    expect(living.standardDeviation).toBeCloseTo(Math.sqrt(26 / 4), 12);
    expect(living.magnitudeQuantiles[0]).toBe(1);
    expect(living.magnitudeQuantiles[33]).toBe(2);
    expect(living.magnitudeQuantiles[100]).toBe(4);
  });

  it('quantiles ascend, from the smallest magnitude to the largest', () => {
    fc.assert(
      fc.property(someAlive, (values) => {
        const magnitudes = [...Float32Array.from(values)].map(Math.abs).filter((value) => value > 0);
        const { magnitudeQuantiles: quantiles } = livingWeights(Float32Array.from(values))!;
        expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
        expect([quantiles[0], quantiles[100]]).toEqual([Math.min(...magnitudes), Math.max(...magnitudes)]);
        expect(magnitudes).toEqual(expect.arrayContaining([...quantiles]));
      }),
    );
  });

  it('is nothing when all of it is pruned', () => {
    expect(livingWeights(new Float32Array(4))).toBeNull();
    expect(livingWeights(Float32Array.of(0, -0))).toBeNull();
  });
});
