// Which ticks of a logarithmic axis are labelled.
import { expect, it } from 'vitest';
import { decadeTicks } from '../../../src-renderer/charts/decade-ticks.ts';

const from = (first: number, decades: number): { value: number }[] =>
  Array.from({ length: decades }, (_, decade) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((m) => m * first * 10 ** decade))
    .flat()
    .map((value) => ({ value }));
const values = (ticks: readonly { value: number }[]): number[] => ticks.map(({ value }) => value);

it('has no two that crowd, and fewer the more decades there are', () => {
  expect(values(decadeTicks(from(10, 1)))).toEqual([10, 20, 30, 50, 70]);
  expect(values(decadeTicks(from(10, 3)))).toEqual([10, 30, 100, 300, 1000, 3000]);
  expect(values(decadeTicks(from(1, 7)))).toEqual([1, 10, 100, 1000, 10_000, 100_000, 1_000_000]);
});

it('knows parts of one too, though they are not exact', () => {
  expect(values(decadeTicks(from(0.001, 2))).map((value) => Number(value.toPrecision(6)))).toEqual([
    0.001, 0.003, 0.01, 0.03,
  ]);
});

it('has none of an axis without any', () => {
  expect(decadeTicks([])).toEqual([]);
});
