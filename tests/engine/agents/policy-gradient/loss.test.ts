import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf, type OutputLayout } from '../../../../src-main/engine/agents/policy-gradient/distribution.ts';
import {
  actorCriticLoss,
  type ActorCriticLoss,
  type PolicyObjective,
} from '../../../../src-main/engine/agents/policy-gradient/loss.ts';

/** Two logits and the value. */
const LAYOUT: OutputLayout = { rowSize: 3, policy: { offset: 0, size: 2 }, logStd: null, value: 2 };

interface Step {
  readonly outputs: readonly [number, number, number];
  readonly action: number;
  /** log π(a|s) when it was played. */
  readonly logProbability: number;
  readonly value: number;
  readonly advantage: number;
  readonly return: number;
}

interface Coefficients {
  readonly entropyCoefficient?: number;
  readonly valueCoefficient?: number;
}

function lossOf(
  objective: PolicyObjective,
  steps: readonly Step[],
  { entropyCoefficient = 0, valueCoefficient = 0 }: Coefficients = {},
): ActorCriticLoss & { gradient: Float32Array } {
  const gradient = new Float32Array(3 * steps.length).fill(7); // what an earlier batch left there
  const column = (of: (step: Step) => number): Float32Array => Float32Array.from(steps.map(of));
  const loss = actorCriticLoss({
    objective,
    outputs: Float32Array.from(steps.flatMap(({ outputs }) => outputs)),
    layout: LAYOUT,
    distribution: distributionOf(LAYOUT),
    steps: {
      actions: column((step) => step.action),
      logProbabilities: column((step) => step.logProbability),
      values: column((step) => step.value),
      advantages: column((step) => step.advantage),
      returns: column((step) => step.return),
    },
    batch: steps.length,
    entropyCoefficient,
    valueCoefficient,
    outputGradient: gradient,
  });
  return { ...loss, gradient };
}

/** A step of action 0, which has probability ½ now and had ½ / ratio. */
const played = (ratio: number, advantage: number): Step => ({
  outputs: [0, 0, 0],
  action: 0,
  logProbability: Math.log(0.5 / ratio),
  value: 0,
  advantage,
  return: 0,
});

describe('the clipped objective', () => {
  const ppo = { kind: 'ppo', clip: 0.2, valueClip: null } as const;

  // Schulman et al. 2017, figure 1: of the ratio r, for a positive and a negative advantage.
  it.each([
    { ratio: 0.5, advantage: 1, objective: 0.5, free: true },
    { ratio: 1.1, advantage: 1, objective: 1.1, free: true },
    { ratio: 1.5, advantage: 1, objective: 1.2, free: false },
    { ratio: 0.5, advantage: -1, objective: -0.8, free: false },
    { ratio: 0.9, advantage: -1, objective: -0.9, free: true },
    { ratio: 1.5, advantage: -1, objective: -1.5, free: true },
  ])('at r = $ratio, A = $advantage is $objective', ({ ratio, advantage, objective, free }) => {
    const { policyLoss, gradient, clippedShare } = lossOf(ppo, [played(ratio, advantage)]);
    expect(policyLoss).toBeCloseTo(-objective, 5);
    // ∂(−r A)/∂z_0 = −A r (1 − p_0), p_0 = ½.
    const slope = free ? -advantage * ratio * 0.5 : 0;
    expect(gradient[0]).toBeCloseTo(slope, 5);
    expect(gradient[1]).toBeCloseTo(-slope, 5);
    expect(clippedShare).toBe(ratio < 0.8 || ratio > 1.2 ? 1 : 0);
  });

  it('says how far the policy has moved, in nats, by a term that is never negative', () => {
    expect(lossOf(ppo, [played(1, 3)]).approximateKl).toBeCloseTo(0, 6);
    expect(lossOf(ppo, [played(2, 3), played(0.5, 1)]).approximateKl).toBeCloseTo(
      (1 - Math.log(2) + (-0.5 + Math.log(2))) / 2,
      5,
    );
  });
});

describe('the critic', () => {
  const step: Step = { ...played(1, 0), outputs: [0, 0, 3], value: 1, return: 2 };

  it('learns the mean squared error to the return', () => {
    const { valueLoss, loss, gradient } = lossOf({ kind: 'a2c' }, [step, { ...step, return: 0 }], {
      valueCoefficient: 0.5,
    });
    expect(valueLoss).toBe((1 + 9) / 2);
    expect(loss).toBe(2.5);
    expect([gradient[2], gradient[5]]).toEqual([0.5, 1.5]); // ½ · 2 · error / 2
  });

  it('stays near its earlier estimate when PPO clips it', () => {
    const held = lossOf({ kind: 'ppo', clip: 0.2, valueClip: 0.5 }, [step], { valueCoefficient: 1 });
    expect(held.valueLoss).toBe(0.25); // (1 + 0.5 − 2)²
    expect(held.gradient[2]).toBe(0);
    const free = lossOf({ kind: 'ppo', clip: 0.2, valueClip: 2.5 }, [step], { valueCoefficient: 1 });
    expect(free.valueLoss).toBe(1);
    expect(free.gradient[2]).toBe(2);
  });
});

it('entropy pays: half a nat less costs half the coefficient', () => {
  const { entropy, loss } = lossOf({ kind: 'a2c' }, [played(1, 0)], { entropyCoefficient: 0.1 });
  expect(entropy).toBeCloseTo(Math.LN2, 6);
  expect(loss).toBeCloseTo(-0.1 * Math.LN2, 6);
});

it('nothing but the critic moves while the critic learns alone', () => {
  const step: Step = { ...played(1.3, 2), outputs: [0.3, -0.2, 3], return: 1 };
  const { gradient, loss } = lossOf({ kind: 'critic' }, [step], { entropyCoefficient: 1, valueCoefficient: 0.5 });
  expect([...gradient]).toEqual([0, 0, 2]);
  expect(loss).toBe(2);
});

it.each<PolicyObjective>([{ kind: 'a2c' }, { kind: 'ppo', clip: 0.2, valueClip: 0.4 }])(
  'what is no number is not hidden: $kind',
  (objective) => {
    const broken: Step = { ...played(1, 1), outputs: [NaN, 0, NaN] };
    const { gradient } = lossOf(objective, [broken], { valueCoefficient: 0.5 });
    expect(gradient[0]).toBeNaN();
    expect(gradient[2]).toBeNaN();
  },
);

const value = fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround);
const someStep = fc.record({
  outputs: fc.tuple(value, value, value),
  action: fc.integer({ min: 0, max: 1 }),
  logProbability: fc.double({ min: -2, max: -0.1, noNaN: true }).map(Math.fround),
  value,
  advantage: value,
  return: value,
});

it.each<PolicyObjective>([
  { kind: 'a2c' },
  { kind: 'ppo', clip: 0.2, valueClip: null },
  { kind: 'ppo', clip: 0.3, valueClip: 0.5 },
])('has the gradient of its finite differences: %o', (objective) => {
  const coefficients = { entropyCoefficient: 0.3, valueCoefficient: 0.7 };
  const step = 2 ** -9;
  fc.assert(
    fc.property(fc.array(someStep, { minLength: 1, maxLength: 3 }), (steps: readonly Step[]) => {
      const { gradient } = lossOf(objective, steps, coefficients);
      steps.forEach((each, row) => {
        each.outputs.forEach((_, i) => {
          const moved = (by: number): number => {
            const outputs = each.outputs.map((v, j) => (i === j ? v + by : v)) as unknown as Step['outputs'];
            return lossOf(objective, steps.with(row, { ...each, outputs }), coefficients).loss;
          };
          const [left, middle, right] = [moved(-step), moved(0), moved(step)];
          const slopes = [(middle - left) / step, (right - middle) / step];
          // Where clipping begins the loss has a kink: the gradient is one of the slopes beside it.
          const slack = 0.02 * Math.max(1, ...slopes.map(Math.abs));
          expect(gradient[3 * row + i]).toBeGreaterThan(Math.min(...slopes) - slack);
          expect(gradient[3 * row + i]).toBeLessThan(Math.max(...slopes) + slack);
        });
      });
    }),
  );
});
