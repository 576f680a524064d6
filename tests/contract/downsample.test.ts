import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downsample, type SeriesPoint } from '../../src-main/contract/downsample.ts';

const seriesArbitrary = fc
  .array(
    fc.record({
      stepsSinceLast: fc.nat(5),
      value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { freq: 6, nil: null }),
    }),
    { minLength: 1, maxLength: 300 },
  )
  .map((increments) => {
    let step = 0;
    return increments.map(({ stepsSinceLast, value }, sequence): SeriesPoint => {
      step += stepsSinceLast;
      return { sequence, step, value };
    });
  });

describe('downsample', () => {
  it('keeps the least, the greatest and a missing value of every bucket, in order', () => {
    fc.assert(
      fc.property(seriesArbitrary, fc.integer({ min: 1, max: 40 }), (points, buckets) => {
        const fromStep = points[0]!.step;
        const toStep = points.at(-1)!.step;
        const kept = downsample({ points, fromStep, toStep, buckets });

        expect(kept.every((point) => points.includes(point))).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(3 * buckets);
        expect(kept.every((point, i) => i === 0 || kept[i - 1]!.sequence < point.sequence)).toBe(true);
        for (let bucket = 0; bucket < buckets; bucket++) {
          // Bucket edges by whole numbers: step − from lies in [b·n/B, (b + 1)·n/B).
          const inBucket = ({ step }: SeriesPoint): boolean => {
            const scaled = (step - fromStep) * buckets;
            const steps = toStep - fromStep + 1;
            return scaled >= bucket * steps && scaled < (bucket + 1) * steps;
          };
          const before = points.filter(inBucket);
          const after = kept.filter(inBucket);
          expect(extremes(after)).toEqual(extremes(before));
          expect(after.some(({ value }) => value === null)).toBe(before.some(({ value }) => value === null));
        }
      }),
      { seed: 20_260_131 },
    );
  });

  it('keeps a point that is both extremes once', () => {
    const points = [{ sequence: 0, step: 3, value: 1 }];
    expect(downsample({ points, fromStep: 0, toStep: 9, buckets: 2 })).toEqual(points);
  });
});

function extremes(points: readonly SeriesPoint[]): readonly [number, number] {
  const values = points.map(({ value }) => value).filter((value) => value !== null);
  return [Math.min(...values), Math.max(...values)];
}
