import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argmax, tdLoss, tdTargets, type LossInput } from '../../../../src-main/engine/agents/dqn/loss.ts';

function targetsOf(input: {
  rewards: number[];
  discounts: number[];
  nextQ: number[];
  nextSelector: number[];
}): Float32Array {
  const targets = new Float32Array(input.rewards.length);
  tdTargets({
    rewards: Float32Array.from(input.rewards),
    discounts: Float32Array.from(input.discounts),
    nextQ: Float32Array.from(input.nextQ),
    nextSelector: Float32Array.from(input.nextSelector),
    actionCount: 2,
    targets,
  });
  return targets;
}

describe('tdTargets', () => {
  it('bootstraps from the largest Q-value, and not at all where the discount is 0', () => {
    const nextQ = [3, 7, -4, -2];
    const targets = targetsOf({ rewards: [1, 1], discounts: [0.5, 0], nextQ, nextSelector: nextQ });
    expect([...targets]).toEqual([1 + 0.5 * 7, 1]);
  });

  it('double DQN values the action that the other network chooses', () => {
    const targets = targetsOf({ rewards: [1], discounts: [0.5], nextQ: [3, 7], nextSelector: [10, 9] });
    expect([...targets]).toEqual([1 + 0.5 * 3]);
  });
});

describe('argmax', () => {
  it('takes the first of equals, within its row only', () => {
    expect(argmax(Float32Array.of(9, 1, 2, 2, 9), 1, 3)).toBe(1);
  });
});

interface Row {
  readonly q: readonly number[];
  readonly action: number;
  readonly target: number;
}

function lossOf(
  kind: 'huber' | 'mse',
  rows: readonly Row[],
  weighting: Pick<LossInput, 'weights' | 'errors'> = {},
): { loss: number; gradient: Float32Array } {
  const gradient = new Float32Array(rows.length * 3).fill(7); // what an earlier batch left there
  const loss = tdLoss({
    kind,
    q: Float32Array.from(rows.flatMap(({ q }) => q)),
    actions: Int32Array.from(rows.map(({ action }) => action)),
    targets: Float32Array.from(rows.map(({ target }) => target)),
    actionCount: 3,
    outputGradient: gradient,
    ...weighting,
  });
  return { loss, gradient };
}

describe('tdLoss', () => {
  it('is the smooth L1 loss of PyTorch, averaged over the batch', () => {
    const rows = [
      { q: [0.5, 0, 0], action: 0, target: 0 }, // ½·0.25
      { q: [0, -3, 0], action: 1, target: 1 }, // 4 − ½
    ];
    const { loss, gradient } = lossOf('huber', rows);
    expect(loss).toBeCloseTo((0.125 + 3.5) / 2, 12);
    expect([...gradient]).toEqual([0.25, 0, 0, 0, -0.5, 0]);
  });

  it('is the mean squared error', () => {
    const { loss, gradient } = lossOf('mse', [{ q: [0, 0, 5], action: 2, target: 2 }]);
    expect(loss).toBe(9);
    expect([...gradient]).toEqual([0, 0, 6]);
  });

  it.each(['huber', 'mse'] as const)(
    'weighted, is the mean of what each row has alone times its weight: %s',
    (kind) => {
      const rows = [
        { q: [0.5, 0, 0], action: 0, target: 0 },
        { q: [0, -3, 0], action: 1, target: 1 },
      ];
      const weights = Float32Array.of(0.25, 1.5);
      const errors = new Float32Array(2);
      const { loss, gradient } = lossOf(kind, rows, { weights, errors });
      const alone = rows.map((row) => lossOf(kind, [row]));
      expect(loss).toBeCloseTo((0.25 * alone[0]!.loss + 1.5 * alone[1]!.loss) / 2, 12);
      const expected = alone.flatMap((row, i) => [...row.gradient].map((slope) => (slope * weights[i]!) / 2));
      expect([...gradient]).toEqual(expected);
      expect([...errors]).toEqual([0.5, -4]);
    },
  );

  const value = fc.double({ min: -4, max: 4, noNaN: true }).map(Math.fround);
  const row = fc.record({
    q: fc.tuple(value, value, value),
    action: fc.integer({ min: 0, max: 2 }),
    target: value,
  });

  it.each(['huber', 'mse'] as const)('has the gradient of its finite differences: %s', (kind) => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows: readonly Row[]) => {
        const { gradient } = lossOf(kind, rows);
        const step = 2 ** -8; // exact in float32 around values up to 4
        rows.forEach(({ q }, index) => {
          q.forEach((_, action) => {
            const moved = (by: number): number => {
              const shifted = q.map((v, i) => (i === action ? v + by : v));
              return lossOf(kind, rows.with(index, { ...rows[index]!, q: shifted })).loss;
            };
            const difference = (moved(step) - moved(-step)) / (2 * step);
            expect(gradient[index * 3 + action]).toBeCloseTo(difference, 2);
          });
        });
      }),
    );
  });
});
