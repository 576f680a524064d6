// The table of models, sorted.
import { expect, it } from 'vitest';
import { lineageOf } from '../../../src-renderer/state/lineage.ts';
import {
  figureOf,
  modelColumns,
  nextOrder,
  sortModels,
  type ModelOrder,
} from '../../../src-renderer/state/model-rows.ts';
import { sampleItem } from './sample-items.ts';

const entries = lineageOf([
  sampleItem({ id: 'agent 2', weights: 100, mean: 50 }),
  sampleItem({ id: 'agent 10', parentId: 'agent 2', nonzero: 10, mean: 40 }),
  sampleItem({ id: 'Agent 1', parentId: 'agent 2', nonzero: 60 }),
]);
const ids = (order: ModelOrder): string[] => sortModels(entries, order).map(({ id }) => id);

it.each([
  ['name', ['Agent 1', 'agent 2', 'agent 10']],
  ['weights', ['agent 10', 'Agent 1', 'agent 2']],
  ['removed', ['agent 2', 'Agent 1', 'agent 10']],
] as const)('by %s, both ways', (column, ascending) => {
  expect(ids({ column, descending: false })).toEqual(ascending);
  expect(ids({ column, descending: true })).toEqual([...ascending].reverse());
});

it('what was not measured is last, whichever way', () => {
  expect(ids({ column: 'return', descending: false })).toEqual(['agent 10', 'agent 2', 'Agent 1']);
  expect(ids({ column: 'return', descending: true })).toEqual(['agent 2', 'agent 10', 'Agent 1']);
  expect(ids({ column: 'latency', descending: true })).toEqual(entries.map(({ id }) => id));
});

it('every column has a figure or says that there is none', () => {
  for (const column of modelColumns) expect(figureOf(entries[0]!, column)).not.toBeUndefined();
});

it('three presses of a column lead back to the tree', () => {
  const tree: ModelOrder = { column: null, descending: false };
  for (const column of modelColumns) {
    const first = nextOrder(tree, column);
    expect(first).toEqual({ column, descending: column !== 'name' });
    const second = nextOrder(first, column);
    expect(second).toEqual({ column, descending: column === 'name' });
    expect(nextOrder(second, column)).toEqual(tree);
  }
});
