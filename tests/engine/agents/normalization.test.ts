import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ObservationNormalization,
  RewardNormalization,
  RunningMoments,
} from '../../../src-main/engine/agents/normalization.ts';

describe('RunningMoments', () => {
  const cell = fc.double({ min: -5, max: 5, noNaN: true }).map(Math.fround);
  const batch = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });

  it('has the mean and variance of everything seen, however it was batched', () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), (batches) => {
        const moments = new RunningMoments(2);
        for (const rows of batches) moments.update(Float32Array.from(rows.flat()));
        const all = batches.flat();
        // What it begins with weighs 1e-4 of a row of N(0, 1).
        const total = all.length + 1e-4;
        for (const feature of [0, 1] as const) {
          const mean = all.reduce((sum, row) => sum + row[feature], 0) / total;
          const square = (all.reduce((sum, row) => sum + row[feature] ** 2, 0) + 1e-4) / total;
          expect(moments.mean[feature]).toBeCloseTo(mean, 9);
          expect(moments.variance[feature]).toBeCloseTo(square - mean ** 2, 7);
        }
      }),
    );
  });
});

describe('ObservationNormalization', () => {
  const observations = Float32Array.of(1, 100, 3, 300, 5, 200);

  it('brings what it has seen to mean 0 and variance 1, and clips what lies far out', () => {
    const normalization = new ObservationNormalization(2);
    normalization.see(observations);
    const normalized = new Float32Array(6);
    normalization.normalize(observations, normalized);
    [-1.2247, -1.2247, 0, 1.2247, 1.2247, 0].forEach((expected, i) => {
      expect(Math.abs(normalized[i]! - expected)).toBeLessThan(1e-3);
    });
    normalization.normalize(Float32Array.of(1e6, -1e6), normalized);
    expect([...normalized.subarray(0, 2)]).toEqual([10, -10]);
  });

  it('says the same as part of a network', () => {
    const normalization = new ObservationNormalization(2);
    normalization.see(observations);
    const normalized = new Float32Array(6);
    normalization.normalize(observations, normalized);
    const { mean, variance, epsilon, clip } = normalization.normalizer;
    observations.forEach((value, i) => {
      const expected = (value - mean[i % 2]!) / Math.sqrt(variance[i % 2]! + epsilon);
      expect(normalized[i]).toBeCloseTo(Math.min(clip, Math.max(-clip, expected)), 5);
    });
  });
});

describe('RewardNormalization', () => {
  it('divides by the deviation of the discounted returns of both environments, which start over with an episode', () => {
    const normalization = new RewardNormalization({ environments: 2, gamma: 0.5 });
    const target = new Float32Array(2);
    const ended = Uint8Array.of(9, 1, 0); // from the second on
    normalization.normalize(Float32Array.of(1, 3), ended, 1, target);
    normalization.normalize(Float32Array.of(2, -1), ended, 1, target);
    // Returns: 1, 3; then 2 (a new episode) and −1 + 0.5 · 3 = 0.5.
    const returns = [1, 3, 2, 0.5];
    const mean = returns.reduce((sum, r) => sum + r, 0) / 4;
    const deviation = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 4);
    expect(Math.abs(target[0]! - 2 / deviation)).toBeLessThan(1e-3);
    expect(Math.abs(target[1]! + 1 / deviation)).toBeLessThan(1e-3);
  });
});
