import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distributionOf,
  type ActionDistribution,
  type OutputLayout,
} from '../../../../src-main/engine/agents/policy-gradient/distribution.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

/** Rows of three logits behind one other output, and the value behind them. */
const DISCRETE: OutputLayout = { rowSize: 5, policy: { offset: 1, size: 3 }, logStd: null, value: 4 };
/** Rows of two means, the value, and two log σ. */
const CONTINUOUS: OutputLayout = { rowSize: 5, policy: { offset: 0, size: 2 }, logStd: 3, value: 2 };

const value = fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround);
const row = fc.tuple(value, value, value, value, value);

/** In the second row, so that offsets of rows count. */
const second = (outputs: readonly number[]): Float32Array => Float32Array.from([9, 9, 9, 9, 9, ...outputs]);

/** The gradient of `slopes · (log π, H)` against central differences. */
function expectGradient(
  distribution: ActionDistribution,
  outputs: readonly number[],
  action: readonly number[],
  slopes: { logProbability: number; entropy: number },
): void {
  const actions = Float32Array.from([...action.map(() => 0), ...action]);
  const loss = (values: readonly number[]): number =>
    slopes.logProbability * distribution.logProbability(second(values), 1, actions, 1) +
    slopes.entropy * distribution.entropy(second(values), 1);
  const gradient = new Float32Array(10);
  distribution.addGradient(second(outputs), 1, actions, slopes, gradient);
  const step = 2 ** -8; // exact in float32 around values up to 4
  expect([...gradient.subarray(0, 5)]).toEqual([0, 0, 0, 0, 0]);
  outputs.forEach((_, i) => {
    const moved = (by: number): number => loss(outputs.map((v, j) => (j === i ? v + by : v)));
    const difference = (moved(step) - moved(-step)) / (2 * step);
    const tolerance = 1e-3 * Math.max(1, Math.abs(difference));
    expect(Math.abs(gradient[5 + i]! - difference)).toBeLessThan(tolerance);
  });
}

describe('categorical', () => {
  const distribution = distributionOf(DISCRETE);

  it('has the log-probabilities and the entropy of a softmax, also of large logits', () => {
    const odds = [1, 2, 5];
    const outputs = second([7, ...odds.map((p) => Math.log(p) + 80), 7]);
    odds.forEach((p, action) => {
      expect(distribution.logProbability(outputs, 1, Float32Array.of(0, action), 1)).toBeCloseTo(Math.log(p / 8), 4);
    });
    const entropy = -odds.reduce((sum, p) => sum + (p / 8) * Math.log(p / 8), 0);
    expect(distribution.entropy(outputs, 1)).toBeCloseTo(entropy, 4);
  });

  it('draws actions as often as they are probable', () => {
    const outputs = second([7, Math.log(1), Math.log(2), Math.log(5), 7]);
    const random = new Random(3);
    const counts = [0, 0, 0];
    const actions = new Float32Array(4);
    for (let i = 0; i < 8000; i++) {
      distribution.sample(outputs, 1, actions, 2, random);
      counts[actions[2]!]!++;
    }
    expect([...actions].filter((_, i) => i !== 2)).toEqual([0, 0, 0]);
    // σ of a binomial is at most √(8000/4) ≈ 45.
    [1000, 2000, 5000].forEach((expected, i) => {
      expect(Math.abs(counts[i]! - expected)).toBeLessThan(4 * 45);
    });
  });

  it('has the gradient of its finite differences', () => {
    fc.assert(
      fc.property(row, fc.integer({ min: 0, max: 2 }), value, value, (outputs, action, logProbability, entropy) => {
        expectGradient(distribution, outputs, [action], { logProbability, entropy });
      }),
    );
  });
});

describe('Gaussian', () => {
  const distribution = distributionOf(CONTINUOUS);

  it('has the density and the entropy of independent normal distributions', () => {
    const outputs = second([1, -2, 7, Math.log(2), Math.log(0.5)]);
    const density = (x: number, mean: number, sigma: number): number =>
      Math.exp(-((x - mean) ** 2) / (2 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
    const actions = Float32Array.of(0, 0, 2, -1.5);
    const expected = Math.log(density(2, 1, 2) * density(-1.5, -2, 0.5));
    expect(distribution.logProbability(outputs, 1, actions, 1)).toBeCloseTo(expected, 5);
    const entropy = Math.log(2 * Math.PI * Math.E) + Math.log(2) + Math.log(0.5);
    expect(distribution.entropy(outputs, 1)).toBeCloseTo(entropy, 5);
  });

  it('draws with its mean and deviation', () => {
    const outputs = second([1, -2, 7, Math.log(2), Math.log(0.5)]);
    const random = new Random(4);
    const drawn = Array.from({ length: 4000 }, () => {
      const actions = new Float32Array(4);
      distribution.sample(outputs, 1, actions, 1, random);
      return [...actions.subarray(2)];
    });
    [
      [1, 2],
      [-2, 0.5],
    ].forEach(([mean, sigma], i) => {
      const values = drawn.map((action) => action[i]!);
      const average = values.reduce((sum, x) => sum + x, 0) / values.length;
      const variance = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / values.length;
      expect(Math.abs(average - mean!)).toBeLessThan((4 * sigma!) / Math.sqrt(4000));
      // The variance of a normal sample has a relative error of √(2/n) ≈ 0.022.
      expect(Math.abs(variance / sigma! ** 2 - 1)).toBeLessThan(4 * 0.0224);
    });
  });

  it('has the gradient of its finite differences', () => {
    const logSigma = fc.double({ min: -1, max: 1, noNaN: true }).map(Math.fround);
    const outputs = fc.tuple(value, value, value, logSigma, logSigma);
    fc.assert(
      fc.property(outputs, fc.tuple(value, value), value, value, (at, action, logProbability, entropy) => {
        expectGradient(distribution, at, action, { logProbability, entropy });
      }),
    );
  });
});
