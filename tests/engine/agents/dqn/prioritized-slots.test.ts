import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrioritizedSlots } from '../../../../src-main/engine/agents/dqn/prioritized-slots.ts';
import { ForeignStateError } from '../../../../src-main/engine/agents/saved-state.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

const CAPACITY = 8;
const BATCH = 8;
const ERRORS = [0.1, -2, 0.5, 4, -0.25, 1, 0, 3];

interface Given {
  readonly alpha?: number;
  readonly beta?: number;
  readonly epsilon?: number;
}

/** Full, and every transition learnt from once: slot i had the error `errors[i]`. */
function learnt(errors: readonly number[], { alpha = 0.6, beta = 0.4, epsilon = 0.01 }: Given = {}): PrioritizedSlots {
  const slots = new PrioritizedSlots({ alpha, beta, epsilon, capacity: CAPACITY, batchSize: BATCH });
  for (let slot = 0; slot < CAPACITY; slot++) slots.filled(slot);
  // All priorities are equal, so each of the eight parts of the sum is one slot.
  expect([...drawn(slots, new Random(1))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  slots.learnt(Float32Array.from(errors));
  return slots;
}

function drawn(slots: PrioritizedSlots, random: Random): Int32Array {
  const batch = new Int32Array(BATCH);
  slots.draw(batch, random);
  return batch;
}

/** Schaul et al. 2016, eq. 1, as it stands there. */
function probabilities(errors: readonly number[], alpha: number, epsilon: number): number[] {
  const powers = errors.map((error) => (Math.abs(Math.fround(error)) + epsilon) ** alpha);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

describe('PrioritizedSlots', () => {
  it.each([0, 0.6, 1])('draws each slot with P(i) = p_i^α / Σ p^α, α = %d', (alpha) => {
    const slots = learnt(ERRORS, { alpha });
    const random = new Random(5);
    const counts = new Array<number>(CAPACITY).fill(0);
    const draws = 4000;
    for (let i = 0; i < draws; i++) for (const slot of drawn(slots, random)) counts[slot]!++;
    for (const [slot, p] of probabilities(ERRORS, alpha, 0.01).entries()) {
      // Strata only lower the variance of a binomial distribution.
      const deviation = Math.sqrt(draws * BATCH * p * (1 - p));
      expect(Math.abs(counts[slot]! - draws * BATCH * p)).toBeLessThan(4 * deviation);
    }
  });

  it('never draws a slot much more or less often than its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: CAPACITY, maxLength: CAPACITY }),
        fc.nat(),
        (errors, seed) => {
          const counts = new Array<number>(CAPACITY).fill(0);
          for (const slot of drawn(learnt(errors), new Random(seed))) counts[slot]!++;
          for (const [slot, p] of probabilities(errors, 0.6, 0.01).entries()) {
            // Whole strata lie within a slot that is longer than two, and it reaches into at most two more.
            expect(counts[slot]).toBeGreaterThanOrEqual(Math.ceil(BATCH * p - 1e-9) - 2);
            expect(counts[slot]).toBeLessThanOrEqual(Math.floor(BATCH * p + 1e-9) + 2);
          }
        },
      ),
    );
  });

  it.each([
    { progress: 0, beta: 0.4 },
    { progress: 0.5, beta: 0.7 },
    { progress: 1, beta: 1 },
    { progress: 2, beta: 1 },
  ])('weighs with (N·P(i))^−β over the largest of the batch, β = $beta at $progress of the run', (given) => {
    const slots = learnt(ERRORS);
    const batch = [...drawn(slots, new Random(7))];
    const p = probabilities(ERRORS, 0.6, 0.01);
    const raw = batch.map((slot) => (CAPACITY * p[slot]!) ** -given.beta);
    const expected = raw.map((weight) => weight / Math.max(...raw));
    const weights = slots.weights(given.progress);
    expect(weights).toHaveLength(BATCH);
    expected.forEach((weight, i) => {
      expect(weights[i]).toBeCloseTo(weight, 6);
    });
  });

  it('gives what comes in the largest priority that there has been, also in the place of something dull', () => {
    const slots = learnt([0, 0, 0, 0, 0, 0, 0, 0], { alpha: 1, epsilon: 0.01 });
    slots.filled(6);
    const p = 1 / (1 + 7 * 0.01); // the largest was 1, that of the beginning
    const random = new Random(3);
    let count = 0;
    for (let i = 0; i < 1000; i++) for (const slot of drawn(slots, random)) count += Number(slot === 6);
    expect(Math.abs(count / 8000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 8000));
  });

  it('goes on from a saved state as it would have', () => {
    const filled = fc.integer({ min: 1, max: CAPACITY });
    const rounds = fc.array(
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: BATCH, maxLength: BATCH }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(filled, rounds, rounds, fc.nat(), (count, before, after, seed) => {
        const make = (): PrioritizedSlots =>
          new PrioritizedSlots({ alpha: 0.6, beta: 0.4, epsilon: 1e-6, capacity: CAPACITY, batchSize: BATCH });
        const random = new Random(seed);
        const original = make();
        const restored = make();
        for (let slot = 0; slot < count; slot++) original.filled(slot);
        for (const errors of before) {
          drawn(original, random);
          original.learnt(Float32Array.from(errors));
        }
        restored.loadState(structuredClone(original.saveState()));
        const other = Random.fromState(random.saveState());
        for (const errors of after) {
          expect(drawn(restored, other)).toEqual(drawn(original, random));
          expect([...restored.weights(0.3)]).toEqual([...original.weights(0.3)]);
          for (const slots of [original, restored]) {
            slots.learnt(Float32Array.from(errors));
            if (count < CAPACITY) slots.filled(count);
          }
        }
        expect(restored.saveState()).toEqual(original.saveState());
      }),
    );
  });

  it('refuses the state of a larger replay', () => {
    const small = new PrioritizedSlots({ alpha: 1, beta: 1, epsilon: 1, capacity: 4, batchSize: BATCH });
    expect(() => {
      small.loadState(learnt(ERRORS).saveState());
    }).toThrow(ForeignStateError);
  });
});
