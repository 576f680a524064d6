import { expect, it } from 'vitest';
import { longColour } from '../../../src-renderer/charts/long-colour.ts';

it.each([
  ['#fff', '#ffffff'],
  ['#1aF', '#11aaFF'],
  ['#171c1a', '#171c1a'],
  ['rgb(16 28 24 / 28%)', 'rgb(16 28 24 / 28%)'],
  ['', ''],
])('%s is %s', (short, long) => {
  expect(longColour(short)).toBe(long);
});
