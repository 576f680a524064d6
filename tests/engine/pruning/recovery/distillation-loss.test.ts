import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  continuousDistillationLoss,
  discreteDistillationLoss,
  meanActionGap,
  type DistillationLossInput,
} from '../../../../src-main/engine/pruning/recovery/distill/distillation-loss.ts';
import { expectClose } from '../../numerics/expect-close.ts';

/** Multiples of 1/64, which single precision can shift without rounding. */
const output = fc.integer({ min: -256, max: 256 }).map((n) => n / 64);
const lossCase = fc
  .record({ batch: fc.integer({ min: 1, max: 4 }), actions: fc.integer({ min: 2, max: 5 }) })
  .chain(({ batch, actions }) => {
    const outputs = fc
      .array(output, { minLength: batch * actions, maxLength: batch * actions })
      .map((values) => Float32Array.from(values));
    return fc.record({
      student: outputs,
      parent: outputs,
      batch: fc.constant(batch),
      actions: fc.constant(actions),
      scale: fc.double({ min: 0.5, max: 4, noNaN: true }),
      temperature: fc.double({ min: 0.25, max: 2, noNaN: true }),
      gradient: fc.constant(new Float32Array(batch * actions)),
    });
  });

/** The doc comment's formula, row by row, from logarithms of sums. */
function discreteByDefinition({ student, parent, batch, actions, scale, temperature }: DistillationLossInput): number {
  const logSoftmax = (row: readonly number[]): number[] => {
    const scaled = row.map((value) => value / scale / temperature);
    const total = Math.log(scaled.reduce((sum, value) => sum + Math.exp(value), 0));
    return scaled.map((value) => value - total);
  };
  let loss = 0;
  for (let row = 0; row < batch; row++) {
    const rowOf = (values: Float32Array): number[] => Array.from(values.subarray(row * actions, (row + 1) * actions));
    const logP = logSoftmax(rowOf(parent));
    const logQ = logSoftmax(rowOf(student));
    const divergence = logP.reduce((sum, lp, a) => sum + Math.exp(lp) * (lp - logQ[a]!), 0);
    const ranked = rowOf(parent).toSorted((a, b) => b - a);
    const gap = Math.min(3, (ranked[0]! - ranked[1]!) / scale);
    const greedy = rowOf(parent).indexOf(ranked[0]!);
    loss += divergence - gap * logQ[greedy]!;
  }
  return (temperature * loss) / batch;
}

function centralDifferences(
  loss: (input: DistillationLossInput) => number,
  input: DistillationLossInput,
  step = 2 ** -8,
): number[] {
  return Array.from(input.student, (_, i) => {
    const at = (by: number): number => {
      const student = input.student.slice();
      student[i]! += by;
      return loss({ ...input, student, gradient: new Float32Array(student.length) });
    };
    return (at(step) - at(-step)) / (2 * step);
  });
}

describe('of discrete actions', () => {
  it('is its formula', () => {
    fc.assert(
      fc.property(lossCase, (input) => {
        const expected = discreteByDefinition(input);
        expectClose([discreteDistillationLoss(input)], [expected], 1e-6, 'loss');
      }),
    );
  });

  it('has the gradient of central differences', () => {
    fc.assert(
      fc.property(lossCase, (input) => {
        discreteDistillationLoss(input);
        expectClose(input.gradient, centralDifferences(discreteDistillationLoss, input), 1e-3, 'gradient');
      }),
    );
  });

  it('does not see a constant that is added to all outputs, of the student, of the parent, or of both', () => {
    fc.assert(
      fc.property(lossCase, fc.integer({ min: -64, max: 64 }), fc.integer({ min: -64, max: 64 }), (input, s, p) => {
        const loss = discreteDistillationLoss(input);
        const gradient = input.gradient.slice();
        const shifted = {
          ...input,
          student: input.student.map((value) => value + s),
          parent: input.parent.map((value) => value + p),
        };
        expectClose([discreteDistillationLoss(shifted)], [loss], 1e-9, 'loss');
        expectClose(input.gradient, gradient, 1e-6, 'gradient');
        for (let row = 0; row < input.batch; row++) {
          const sum = gradient
            .subarray(row * input.actions, (row + 1) * input.actions)
            .reduce((total, g) => total + g, 0);
          expect(Math.abs(sum)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  it('nothing pulls at a student that agrees with an indifferent parent', () => {
    const gradient = new Float32Array(3).fill(9);
    const equal = Float32Array.of(2, 2, 2);
    const input = { student: equal, parent: equal, batch: 1, actions: 3, scale: 1, temperature: 0.5, gradient };
    expect(discreteDistillationLoss(input)).toBeCloseTo(0, 12);
    expectClose(gradient, [0, 0, 0], 1e-7, 'gradient');
  });

  it('stays finite where probabilities underflow', () => {
    const gradient = new Float32Array(2);
    const student = Float32Array.of(0, 1e5);
    const parent = Float32Array.of(1e5, 0);
    const loss = discreteDistillationLoss({
      student,
      parent,
      batch: 1,
      actions: 2,
      scale: 1,
      temperature: 0.5,
      gradient,
    });
    expect(Number.isFinite(loss)).toBe(true);
    expect(loss).toBeGreaterThan(100);
    expectClose(gradient, [-4, 4], 1e-5, 'gradient');
  });
});

describe('of continuous actions', () => {
  it('is the Huber loss of the scaled difference, with its gradient', () => {
    fc.assert(
      fc.property(lossCase, (input) => {
        const terms = Array.from(input.student, (value, i) => {
          const d = Math.abs(value - input.parent[i]!) / input.scale;
          return d <= 1 ? d ** 2 / 2 : d - 1 / 2;
        });
        const loss = continuousDistillationLoss(input);
        expectClose([loss], [terms.reduce((sum, term) => sum + term, 0) / terms.length], 1e-6, 'loss');
        expectClose(input.gradient, centralDifferences(continuousDistillationLoss, input), 1e-2, 'gradient');
      }),
    );
  });

  it('is zero, and flat, at the parent', () => {
    const gradient = Float32Array.of(9, 9);
    const parent = Float32Array.of(0.5, -1);
    const input = { student: parent, parent, batch: 1, actions: 2, scale: 2, gradient };
    expect(continuousDistillationLoss(input)).toBe(0);
    expectClose(gradient, [0, 0], 0, 'gradient');
  });
});

describe('the mean action gap', () => {
  it('is the mean distance of the two best', () => {
    expect(meanActionGap(Float32Array.of(1, 5, 3, -1, -1, -4), 3)).toBe(1);
    expect(meanActionGap(Float32Array.of(0, 5, 8, 1), 2)).toBe(6);
  });

  it('is 1 where there is nothing to measure', () => {
    expect(meanActionGap(Float32Array.of(2, 2, 7, 7), 2)).toBe(1);
    expect(meanActionGap(Float32Array.of(2, 3), 1)).toBe(1);
  });
});
