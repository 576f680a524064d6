import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equalFrequencyBins } from '../../../src-main/engine/pruning/equal-frequency-bins.ts';

it('without ties all bins are equally full', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (bins, each, seed) => {
      const values = Float32Array.from({ length: bins * each }, (_, i) => Math.sin(seed + i * i));
      fc.pre(new Set(values).size === values.length);
      const found = equalFrequencyBins(values, bins);
      for (let bin = 0; bin < bins; bin++) expect(found.filter((b) => b === bin)).toHaveLength(each);
    }),
  );
});

it('bins keep the order of values, equal values share one, and there are never more than asked for', () => {
  const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 6 }), (drawn, bins) => {
      const found = equalFrequencyBins(Float32Array.from(drawn), bins);
      drawn.forEach((a, i) => {
        expect(found[i]! >= 0 && found[i]! < bins).toBe(true);
        drawn.forEach((b, j) => {
          if (a <= b) expect(found[i]).toBeLessThanOrEqual(found[j]!);
        });
      });
    }),
  );
});
