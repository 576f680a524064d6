import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generalizedAdvantages,
  normalizeAdvantages,
} from '../../../../src-main/engine/agents/policy-gradient/advantages.ts';

interface Played {
  /** [steps][environments] */
  readonly rewards: readonly (readonly number[])[];
  readonly values: readonly (readonly number[])[];
  readonly ended: readonly (readonly number[])[];
  readonly bootstraps: readonly (readonly number[])[];
}

function advantagesOf(played: Played, gamma: number, lambda: number): { advantages: number[]; returns: number[] } {
  const rewards = Float32Array.from(played.rewards.flat());
  const output = { advantages: new Float32Array(rewards.length), returns: new Float32Array(rewards.length) };
  generalizedAdvantages({
    environments: played.rewards[0]!.length,
    rewards,
    values: Float32Array.from(played.values.flat()),
    ended: Uint8Array.from(played.ended.flat()),
    bootstraps: Float32Array.from(played.bootstraps.flat()),
    gamma,
    lambda,
    ...output,
  });
  return { advantages: [...output.advantages], returns: [...output.returns] };
}

/** The definition, as a sum over the rest of the episode: Schulman et al. 2016, eq. 16. */
function byDefinition({ rewards, values, ended, bootstraps }: Played, gamma: number, lambda: number): number[][] {
  const steps = rewards.length;
  return rewards.map((row, t) =>
    row.map((_, e) => {
      let sum = 0;
      for (let k = 0; t + k < steps; k++) {
        const at = t + k;
        const over = ended[at]![e] === 1 || at === steps - 1;
        const next = over ? bootstraps[at]![e]! : values[at + 1]![e]!;
        sum += (gamma * lambda) ** k * (rewards[at]![e]! + gamma * next - values[at]![e]!);
        if (over) break;
      }
      return sum;
    }),
  );
}

describe('generalizedAdvantages', () => {
  const cell = fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround);
  const matrix = (entry: fc.Arbitrary<number>): fc.Arbitrary<number[][]> =>
    fc.array(
      fc.tuple(entry, entry).map((pair) => [...pair]),
      { minLength: 6, maxLength: 6 },
    );
  const some = fc.record({
    rewards: matrix(cell),
    values: matrix(cell),
    ended: matrix(fc.integer({ min: 0, max: 1 })),
    bootstraps: matrix(cell),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('is the discounted sum of TD errors within each episode of each environment', () => {
    fc.assert(
      fc.property(some, share, share, (played, gamma, lambda) => {
        const expected = byDefinition(played, gamma, lambda).flat();
        advantagesOf(played, gamma, lambda).advantages.forEach((advantage, i) => {
          expect(advantage).toBeCloseTo(expected[i]!, 4);
        });
      }),
    );
  });

  it('with λ = 1 gives the critic the discounted return', () => {
    const played = {
      rewards: [[1], [2], [4], [8]],
      values: [[0.3], [0.1], [-5], [7]],
      ended: [[0], [1], [0], [0]],
      bootstraps: [[0], [0], [0], [16]], // terminated after the second step, and cut off after the fourth
    };
    const { returns } = advantagesOf(played, 0.5, 1);
    [1 + 0.5 * 2, 2, 4 + 0.5 * 8 + 0.25 * 16, 8 + 0.5 * 16].forEach((expected, i) => {
      expect(returns[i]).toBeCloseTo(expected, 5);
    });
  });
});

describe('normalizeAdvantages', () => {
  it('leaves mean 0 and sample deviation 1 of those that count', () => {
    const advantages = Float32Array.of(1, 4, 2, 9, 100);
    normalizeAdvantages(advantages, 4);
    const four = [...advantages.subarray(0, 4)];
    expect(four.reduce((sum, a) => sum + a, 0)).toBeCloseTo(0, 5);
    expect(four.reduce((sum, a) => sum + a * a, 0) / 3).toBeCloseTo(1, 5);
    expect(advantages[4]).toBe(100);
  });

  it('leaves a single one, and equal ones at zero', () => {
    const single = Float32Array.of(3);
    normalizeAdvantages(single, 1);
    expect([...single]).toEqual([3]);
    const equal = Float32Array.of(2, 2, 2);
    normalizeAdvantages(equal, 3);
    expect([...equal]).toEqual([0, 0, 0]);
  });
});
