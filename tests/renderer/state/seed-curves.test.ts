// What several learning curves say together.
import { describe, expect, it } from 'vitest';
import { meanOfSeeds, rowsOf, type SeedCurve } from '../../../src-renderer/state/seed-curves.ts';

const curve = (seed: number, status: SeedCurve['status'], points: Record<number, number>): SeedCurve => ({
  seed,
  status,
  points: new Map(Object.entries(points).map(([step, value]) => [Number(step), value])),
});

const curves = [
  curve(0, 'finished', { 10: 1, 20: 4, 30: 9 }),
  curve(1, 'running', { 10: 3, 20: 6 }),
  curve(2, 'failed', { 10: 100 }),
  curve(3, 'cancelled', { 10: 100, 20: 100 }),
  curve(4, 'queued', {}),
];

describe('meanOfSeeds', () => {
  it('is over those that go on or have finished, as far as all of them are', () => {
    const { seeds, points } = meanOfSeeds(curves);
    expect(seeds.map(({ seed }) => seed)).toEqual([0, 1]);
    expect(points.map(({ step, mean }) => [step, mean])).toEqual([
      [10, 2],
      [20, 5],
    ]);
    // t(0.975, 1) · s/√2, of two values that are 2 apart.
    expect(points[0]!.interval!.high).toBeCloseTo(2 + 12.706205, 5);
    expect(points[0]!.interval!.low).toBeCloseTo(2 - 12.706205, 5);
  });

  it('is nothing of nothing', () => {
    expect(meanOfSeeds([curve(0, 'queued', {})])).toEqual({ seeds: [], points: [] });
  });
});

it('rowsOf has every step in order, with what each seed had there', () => {
  const rows = rowsOf(curves);
  expect(rows.map(({ step, values }) => [step, ...values])).toEqual([
    [10, 1, 3, 100, 100, null],
    [20, 4, 6, null, 100, null],
    [30, 9, null, null, null, null],
  ]);
  expect(rows.map(({ mean }) => mean?.mean ?? null)).toEqual([2, 5, null]);
});
