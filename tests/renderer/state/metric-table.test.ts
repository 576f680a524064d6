// What a chart is drawn from stays small, and loses neither the highest nor the lowest point nor the newest.
import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../../src-main/contract/entity.ts';
import { MetricTable } from '../../../src-renderer/state/metric-table.ts';

const points = (count: number, name: string, value: (i: number) => number | null): MetricPoint[] =>
  Array.from({ length: count }, (_, i) => ({ sequence: i, name, step: 10 * i, value: value(i) }));

it('points find their series, whatever order names come in', () => {
  const table = new MetricTable();
  table.fill({ through: 1, series: [{ name: 'loss', points: [{ sequence: 0, step: 0, value: 3 }] }] });
  table.add([
    { sequence: 2, name: 'return', step: 4, value: 7 },
    { sequence: 3, name: 'loss', step: 5, value: null },
  ]);
  expect(table.names).toEqual(['loss', 'return']);
  expect(table.view('loss')?.points.map(({ value }) => value)).toEqual([3, null]);
  expect(table.view('loss')?.last).toEqual({ sequence: 0, step: 0, value: 3 });
  expect(table.view('return')?.points).toEqual([{ sequence: 2, step: 4, value: 7 }]);
  expect(table.view('nothing')).toBeNull();
});

it('filling begins anew', () => {
  const table = new MetricTable();
  table.add(points(3, 'loss', (i) => i));
  table.fill({ through: -1, series: [] });
  expect(table.names).toEqual([]);
});

describe('a series that goes on for very long', () => {
  const table = new MetricTable();
  const count = 100_000;
  const peak = 61_803;
  for (const point of points(count, 'loss', (i) => (i === peak ? 1000 : i === peak + 7 ? null : Math.sin(i))))
    table.add([point]);
  const view = table.view('loss')!;

  it('has no more points than a chart can show', () => {
    expect(view.points.length).toBeLessThanOrEqual(3000);
    expect(view.points.length).toBeGreaterThan(500);
  });

  it('keeps the extremes, the gap and the newest, in order', () => {
    const values = view.points.flatMap(({ value }) => (value === null ? [] : [value]));
    expect(Math.max(...values)).toBe(1000);
    expect(Math.min(...values)).toBeLessThan(-0.999);
    expect(view.points.some(({ sequence, value }) => sequence === peak + 7 && value === null)).toBe(true);
    expect(view.last?.sequence).toBe(count - 1);
    expect(view.points.map(({ sequence }) => sequence)).toEqual(
      view.points.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
    );
  });
});
