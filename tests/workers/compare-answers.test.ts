// When two ways of computing a policy count as the same.
import { expect, it } from 'vitest';
import { compareAnswers } from '../../src-main/workers/export-checks/compare-answers.ts';

const compare = (expected: number[], actual: number[], discrete = true) =>
  compareAnswers({
    expected: Float32Array.from(expected),
    actual: Float32Array.from(actual),
    outputs: 2,
    tolerance: 0.01,
    discrete,
  });

it('takes the largest difference of all rows, relative to outputs larger than one', () => {
  const { largestDifference } = compare([0.25, 0.5, 100, 8], [0.25, 0.75, 101, 10]);
  expect(largestDifference).toBe(0.25); // 0.25 beside 1/100 and 2/8
});

it('counts another action only where the two best outputs are apart', () => {
  expect(compare([1, 0, 0.5, 0.501], [0, 1, 0.501, 0.5]).differentActions).toBe(1);
});

it('counts no actions where they are continuous', () => {
  expect(compare([1, 0], [0, 1], false).differentActions).toBe(0);
});

it.each([
  ['not a number', [1, NaN]],
  ['missing', [1]],
])('an output that is %s is the largest difference of all', (_, actual) => {
  expect(compare([1, 0], actual).largestDifference).toBeNaN();
});
