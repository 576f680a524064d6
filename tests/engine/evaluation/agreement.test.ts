import { describe, expect, it } from 'vitest';
import { agreementSchema } from '../../../src-main/contract/evaluation.ts';
import type { Action } from '../../../src-main/engine/environments/environment.ts';
import { IncomparablePoliciesError, measureAgreement } from '../../../src-main/engine/evaluation/agreement.ts';
import type { BatchPolicy } from '../../../src-main/engine/evaluation/policy.ts';

/** Observations are two numbers each; the policy decides on them alone. */
function policyOf(decide: (x: number, y: number) => Action): BatchPolicy {
  return {
    act: (observations, count) =>
      Array.from({ length: count }, (_, row) => decide(observations[2 * row]!, observations[2 * row + 1]!)),
  };
}

const observations = Float32Array.from({ length: 200 }, (_, i) => i); // 100 states: (0, 1), (2, 3), …

describe('agreement', () => {
  it('is the share of states with the same action, whatever the batch', () => {
    const one = policyOf((x) => (x < 50 ? 1 : 0)); // states 0 to 24
    const other = policyOf((_, y) => (y < 80 ? 1 : 0)); // states 0 to 39
    for (const batch of [1, 7, 100, 1000]) {
      const agreement = measureAgreement({ policies: [one, other], observations, observationSize: 2, batch });
      expect(agreementSchema.parse(agreement)).toEqual({ kind: 'discrete', states: 100, share: 0.85 });
    }
  });

  it('of continuous actions counts states within the tolerance in every component', () => {
    const zero = policyOf(() => Float32Array.of(0, 0));
    const off = policyOf((x) => (x < 20 ? Float32Array.of(0.25, 0) : Float32Array.of(0, -0.5)));
    const measured = measureAgreement({ policies: [zero, off], observations, observationSize: 2, tolerance: 0.25 });
    expect(agreementSchema.parse(measured)).toEqual({
      kind: 'continuous',
      states: 100,
      share: 0.1,
      tolerance: 0.25,
      meanAbsoluteDifference: (10 * 0.25 + 90 * 0.5) / 200,
    });
  });

  it('is refused without states, and between different action spaces', () => {
    const discrete = policyOf(() => 0);
    const continuous = policyOf(() => Float32Array.of(0));
    expect(() =>
      measureAgreement({ policies: [discrete, discrete], observations: new Float32Array(0), observationSize: 2 }),
    ).toThrow(IncomparablePoliciesError);
    expect(() => measureAgreement({ policies: [discrete, continuous], observations, observationSize: 2 })).toThrow(
      IncomparablePoliciesError,
    );
  });
});
