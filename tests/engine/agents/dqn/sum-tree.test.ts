import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SumTree } from '../../../../src-main/engine/agents/dqn/sum-tree.ts';

/** Multiples of 1/8, whose sums are exact. */
const exact = fc.integer({ min: 0, max: 80 }).map((eighths) => eighths / 8);
const settings = fc
  .integer({ min: 1, max: 20 })
  .chain((capacity) =>
    fc.tuple(
      fc.constant(capacity),
      fc.array(fc.tuple(fc.integer({ min: 0, max: capacity - 1 }), exact), { maxLength: 60 }),
    ),
  );

/** Walks along the values. */
function naiveFind(values: readonly number[], position: number): number {
  let left = position;
  return values.findIndex((value) => {
    left -= value;
    return left < 0;
  });
}

describe('SumTree', () => {
  it('knows the sum, and where in it every value lies', () => {
    fc.assert(
      fc.property(settings, ([capacity, changes]) => {
        const tree = new SumTree(capacity);
        const values = new Array<number>(capacity).fill(0);
        for (const [index, value] of changes) {
          tree.set(index, value);
          values[index] = value;
        }
        const total = values.reduce((sum, value) => sum + value, 0);
        expect(tree.total).toBe(total);
        expect(values.map((_, index) => tree.get(index))).toEqual(values);
        for (let position = 0; position < total; position += 0.125) {
          expect(tree.find(position)).toBe(naiveFind(values, position));
        }
      }),
    );
  });

  it('never finds a value of 0, also at the very end of the sum', () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        fc.pre(values.some((each) => each > 0));
        const tree = new SumTree(values.length);
        values.forEach((each, index) => {
          tree.set(index, each);
        });
        for (const share of [0, 0.3, 1 - 2 ** -53, 1]) {
          expect(values[tree.find(share * tree.total)]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('filled at once is the same as filled one by one, whatever was there before', () => {
    fc.assert(
      fc.property(
        settings,
        fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 20 }),
        (setting, all) => {
          const [capacity, changes] = setting;
          const values = Float64Array.from(all.slice(0, capacity));
          const [filled, single] = [new SumTree(capacity), new SumTree(capacity)];
          for (const [index, value] of changes) filled.set(index, value);
          filled.fill(values);
          values.forEach((value, index) => {
            single.set(index, value);
          });
          expect(filled).toEqual(single);
          expect(filled.total).toBe(single.total);
          expect([...filled.first(values.length)]).toEqual([...values]);
        },
      ),
    );
  });
});
