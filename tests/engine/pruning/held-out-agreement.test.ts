// Agreement against what can be counted by hand, and its intervals against how often they are right.
import { describe, expect, it } from 'vitest';
import type { Decisions } from '../../../src-main/engine/pruning/decisions.ts';
import { actionUnits, HeldOutStates, summarizeAgreement } from '../../../src-main/engine/pruning/held-out-agreement.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { linearPolicy } from './recovery/aiming.ts';

const box = (low: number, high: number): { kind: 'box'; shape: number[]; low: number[]; high: number[] } => ({
  kind: 'box',
  shape: [2],
  low: [low, low],
  high: [high, high],
});

describe('the unit of a continuous action', () => {
  const actions = Float32Array.of(1, 5, 3, 5, 1, 5, 3, 5);

  it('is the mean absolute deviation of the parent, a hundredth of the magnitude where it never varies', () => {
    const decisions: Decisions = { kind: 'continuous', actions, space: box(-10, 10) };
    expect(actionUnits(decisions)[0]).toBeCloseTo(1, 6);
    expect(actionUnits(decisions)[1]).toBeCloseTo(0.05, 6);
  });

  it('does not depend on the bounds, which may be none', () => {
    const bounded = actionUnits({ kind: 'continuous', actions, space: box(-10, 10) });
    const unbounded = actionUnits({ kind: 'continuous', actions, space: box(-Number.MAX_VALUE, Number.MAX_VALUE) });
    expect(unbounded).toEqual(bounded);
  });
});

describe('of policies', () => {
  const observations = Float32Array.from({ length: 200 }, (_, i) => (i - 100) / 100);
  const parent = linearPolicy(0.5, 0);
  const units = [0.25];
  const states = new HeldOutStates({ parent, backend: testBackend, observations, block: 10, units });

  it('a policy agrees with itself', () => {
    expect(states.compare(parent)).toMatchObject({ kind: 'continuous', states: 200, mean: 1 });
  });

  it('an offset of a tenth of a unit costs a tenth; a constant policy is no nearer than zero', () => {
    expect(states.compare(linearPolicy(0.5, 0.025)).mean).toBeCloseTo(0.9, 5);
    expect(states.compare(linearPolicy(0, 0)).mean).toBeCloseTo(0, 2);
    expect(states.compare(linearPolicy(-0.5, 0)).mean).toBeLessThan(-0.5);
  });

  it('a first look is at whole blocks', () => {
    expect(states.compare(parent, 35).states).toBe(30);
    expect(states.compare(parent, 3).states).toBe(10);
    expect(states.compare(parent, 1e9).states).toBe(200);
  });

  it('of discrete actions it is the share of equal greedy ones', () => {
    const dense = sampleModel({ inputs: 4, hidden: [8], actions: 3 });
    const other = sampleModel({ inputs: 4, hidden: [6], actions: 3 });
    const random = new Random(2);
    const rows = Float32Array.from({ length: 4 * 100 }, () => random.normal());
    const held = new HeldOutStates({ parent: dense, backend: testBackend, observations: rows, block: 5, units: [] });
    expect(held.compare(dense)).toMatchObject({ kind: 'discrete', mean: 1 });
    const { mean } = held.compare(other);
    expect(Number.isInteger(Math.round(1e6 * mean * 100) / 1e6)).toBe(true);
    expect(mean).toBeLessThan(1);
  });
});

describe('intervals', () => {
  it('of a share of independent states it is Wilson’s: 95 of 100', () => {
    // Statsmodels: proportion_confint(95, 100, method="wilson") = (0.8882, 0.9785).
    const values = Float64Array.from({ length: 100 }, (_, i) => Number(i % 20 !== 0));
    const { interval } = summarizeAgreement(values, { kind: 'discrete', block: 1 });
    expect(interval.low).toBeCloseTo(0.8882, 2);
    expect(interval.high).toBeCloseTo(0.9785, 2);
  });

  it('a share of 1 is not certain: of 100 states it may be 0.963', () => {
    const { mean, interval } = summarizeAgreement(new Float64Array(100).fill(1), { kind: 'discrete', block: 10 });
    expect(mean).toBe(1);
    expect(interval.low).toBeCloseTo(100 / (100 + 1.96 ** 2), 6);
    expect(interval.high).toBeCloseTo(1, 12);
  });

  it.each(['discrete', 'continuous'] as const)(
    'of %s actions in states that are alike in blocks they are right in about 95 of 100 files',
    (kind) => {
      const random = new Random(3);
      const [blocks, block, truth] = [100, 10, 0.9];
      let right = 0;
      for (let file = 0; file < 400; file++) {
        // Every block has a share of its own, 0.8 or 1 with equal chances.
        const values = new Float64Array(blocks * block);
        for (let b = 0; b < blocks; b++) {
          const share = random.uniform() < 0.5 ? 0.8 : 1;
          for (let i = 0; i < block; i++) {
            values[b * block + i] =
              kind === 'discrete' ? Number(random.uniform() < share) : share + 0.1 * random.normal();
          }
        }
        const { low, high } = summarizeAgreement(values, { kind, block }).interval;
        if (low <= truth && truth <= high) right++;
      }
      expect(right / 400).toBeGreaterThan(0.915);
      expect(right / 400).toBeLessThan(0.985);
    },
  );
});
