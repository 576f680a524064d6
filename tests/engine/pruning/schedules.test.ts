import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iterativeSparsity } from '../../../src-main/engine/pruning/schedules/iterative.ts';
import { polynomialSparsity } from '../../../src-main/engine/pruning/schedules/polynomial.ts';
import { schedules } from '../../../src-main/engine/pruning/schedules/registry.ts';

const sparsitiesOf = (id: string, steps: number, target: number, initial = 0): number[] =>
  schedules
    .get(id)
    .events({ target, initial, updates: 1000, steps })
    .map(({ sparsity }) => sparsity);

describe('published values', () => {
  it('cubic (Zhu & Gupta 2017): after a quarter, a half, three quarters of the way to 80 %', () => {
    [0.4625, 0.7, 0.7875, 0.8].forEach((expected, i) => {
      expect(polynomialSparsity((i + 1) / 4, 0, 0.8)).toBeCloseTo(expected, 12);
    });
    expect(polynomialSparsity(0, 0.3, 0.8)).toBeCloseTo(0.3, 12);
    sparsitiesOf('polynomial', 4, 0.8).forEach((sparsity, i) => {
      expect(sparsity).toBeCloseTo([0.4625, 0.7, 0.7875, 0.8][i]!, 12);
    });
  });

  it('iterative, a fifth of what is left per round (Frankle & Carbin 2019): 1 − .8^k', () => {
    const target = 1 - 0.8 ** 10;
    sparsitiesOf('iterative', 10, target).forEach((sparsity, i) => {
      expect(sparsity).toBeCloseTo(1 - 0.8 ** (i + 1), 12);
    });
    expect(iterativeSparsity(3, 10, 0.5, 1 - 0.5 * 0.8 ** 10)).toBeCloseTo(1 - 0.5 * 0.8 ** 3, 12);
  });

  it('one shot is one shot', () => {
    expect(schedules.get('one-shot').events({ target: 0.9, initial: 0, updates: 50, steps: 7 })).toEqual([
      { update: 0, sparsity: 0.9 },
    ]);
  });
});

it('every schedule starts at once, never goes back, stays within its updates, and ends on the target exactly', () => {
  const unit = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...schedules.all),
      fc.tuple(unit, unit),
      fc.nat(5000),
      fc.integer({ min: 1, max: 40 }),
      (schedule, pair, updates, steps) => {
        const [initial, target] = pair.toSorted((a, b) => a - b) as [number, number];
        const events = schedule.events({ target, initial, updates, steps });
        expect(events[0]!.update).toBe(0);
        expect(events.at(-1)!.sparsity).toBe(target);
        for (const [i, event] of events.entries()) {
          expect(Number.isInteger(event.update)).toBe(true);
          expect(event.update).toBeLessThanOrEqual(updates);
          expect(event.update).toBeGreaterThanOrEqual(events[i - 1]?.update ?? 0);
          expect(event.sparsity).toBeGreaterThanOrEqual((events[i - 1]?.sparsity ?? initial) - 1e-12);
          expect(event.sparsity).toBeLessThanOrEqual(target + 1e-12);
        }
      },
    ),
  );
});
