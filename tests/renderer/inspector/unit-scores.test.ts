import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfFloats } from '../../../src-main/contract/floats.ts';
import {
  byScore,
  dormantUnits,
  isDead,
  livingUnits,
  rankUnits,
  unitScores,
} from '../../../src-renderer/features/inspector/unit-scores.ts';

const scored = fc
  .array(fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(-Infinity), fc.constant(1)), {
    minLength: 1,
    maxLength: 30,
  })
  .map((scores) => ({ layer: 'a', scores: Float32Array.from(scores), halfWidths: null }));

describe('keeping the best', () => {
  it('keeps exactly so many of those that are left, and none that is worse than one that goes', () => {
    fc.assert(
      fc.property(scored, fc.nat(40), (layer, wanted) => {
        const keep = Math.min(wanted, livingUnits(layer));
        const ranked = rankUnits(layer, keep);
        expect(ranked.map(({ unit }) => unit)).toEqual([...layer.scores.keys()]);
        const fates = (fate: string): number[] => ranked.filter((unit) => unit.fate === fate).map(({ score }) => score);
        expect(fates('kept')).toHaveLength(keep);
        expect(fates('goes')).toHaveLength(livingUnits(layer) - keep);
        expect(fates('pruned').every((score) => score === -Infinity)).toBe(true);
        if (keep > 0 && fates('goes').length > 0) {
          expect(Math.min(...fates('kept'))).toBeGreaterThanOrEqual(Math.max(...fates('goes')));
        }
        const sorted = ranked.toSorted(byScore);
        expect(sorted.slice(0, keep).every(({ fate }) => fate === 'kept')).toBe(true);
      }),
    );
  });
});

describe('a unit', () => {
  it('is dead when it is active in no state', () => {
    expect([0, 0.001, 1, undefined].map(isDead)).toEqual([true, false, false, false]);
  });

  it('is dormant when it is at most a fortieth as loud as the mean of what is left', () => {
    // The mean of 39, 1 and 0.5 is 13.5; a fortieth of it 0.3375.
    expect(dormantUnits(Float32Array.of(39, 1, 0.5))).toEqual([false, false, false]);
    expect(dormantUnits(Float32Array.of(39, 1, 0.2))).toEqual([false, false, true]);
    expect(dormantUnits(Float32Array.of(39, 1, -Infinity))).toEqual([false, false, false]);
  });
});

it('scores come out of their bytes as they went in', () => {
  const scores = Float32Array.of(0.1, -Infinity, 3);
  const halfWidths = Float32Array.of(0.5, Infinity, 0);
  const estimate = { halfWidths: bytesOfFloats(halfWidths), total: 1 };
  const layer = { layer: 'a', shape: [2, 3], scores: bytesOfFloats(scores), estimate };
  const saliency = { criterion: 'c', granularity: 'unit', of: 'units', layers: [layer], skipped: [] } as const;
  expect(unitScores(saliency)).toEqual([{ layer: 'a', scores, halfWidths }]);
});
