import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LabelledStates } from '../../../../src-main/engine/pruning/recovery/distill/labelled-states.ts';

/** State i is (i, i + ½), its label (−i). */
const states = (ids: readonly number[]): Float32Array => Float32Array.from(ids.flatMap((i) => [i, i + 0.5]));
const labels = (ids: readonly number[]): Float32Array => Float32Array.from(ids, (i) => -i);

it('keeps the fixed states and the newest others, each with its label', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
      (fixedRows, ringRows, batches) => {
        const fixed = Array.from({ length: fixedRows }, (_, i) => 1000 + i);
        const kept = new LabelledStates({
          fixed: { observations: states(fixed), labels: labels(fixed) },
          observationSize: 2,
          outputSize: 1,
          ringRows,
        });
        let next = 1;
        for (const size of batches) {
          const ids = Array.from({ length: size }, () => next++);
          kept.add(states(ids), labels(ids));
        }
        const newest = Array.from({ length: next - 1 }, (_, i) => i + 1).slice(-ringRows);
        expect(kept.rows).toBe(fixedRows + newest.length);
        const found = Array.from(kept.labels, (label) => -label);
        expect(found.slice(0, fixedRows)).toEqual(fixed);
        expect(found.slice(fixedRows).sort((a, b) => a - b)).toEqual(newest);
        expect(kept.observations).toEqual(states(found));
      },
    ),
  );
});

it('copies a row to a place in a batch, and touches no other', () => {
  const kept = new LabelledStates({
    fixed: { observations: states([1, 2, 3]), labels: labels([1, 2, 3]) },
    observationSize: 2,
    outputSize: 1,
    ringRows: 1,
  });
  const observations = new Float32Array(4).fill(9);
  const answers = new Float32Array(2).fill(9);
  kept.copyRow(2, observations, answers, 1);
  expect(observations).toEqual(Float32Array.of(9, 9, 3, 3.5));
  expect(answers).toEqual(Float32Array.of(9, -3));
});
