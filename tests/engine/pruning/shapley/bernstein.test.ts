import { expect, it } from 'vitest';
import { bernsteinHalfWidth } from '../../../../src-main/engine/pruning/shapley/bernstein.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

it('is the formula of Maurer & Pontil, worked by hand', () => {
  // Draws 0, 0, 1, 1: variance 1/3; ln(2/0.025) = ln 80.
  const moments = { count: 4, sum: 2, squares: 2 };
  const log = Math.log(80);
  const expected = Math.sqrt((2 * (1 / 3) * log) / 4) + (7 * log) / (3 * 3);
  expect(bernsteinHalfWidth(moments, { range: 1, confidence: 0.95 })).toBeCloseTo(expected, 12);
});

it('without variance only the range counts, and one draw says nothing', () => {
  const of = (count: number, range: number): number =>
    bernsteinHalfWidth({ count, sum: 3 * count, squares: 9 * count }, { range, confidence: 0.95 });
  expect(of(11, 2)).toBeCloseTo(((7 / 3) * 2 * Math.log(80)) / 10, 12);
  expect(of(1, 2)).toBe(Infinity);
});

it('contains the expectation in at least 95 % of the samples, also of rare events', () => {
  const random = new Random(5);
  const samples = 400;
  let covered = 0;
  for (let s = 0; s < samples; s++) {
    let sum = 0;
    for (let i = 0; i < 200; i++) sum += Number(random.uniform() < 0.03);
    const halfWidth = bernsteinHalfWidth({ count: 200, sum, squares: sum }, { range: 1, confidence: 0.95 });
    if (Math.abs(sum / 200 - 0.03) <= halfWidth) covered++;
  }
  expect(covered / samples).toBeGreaterThanOrEqual(0.95);
});
