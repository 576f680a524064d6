// The models of a project as a table: every figure by name, so that it can be sorted by any of them.
import type { LineageEntry } from './lineage.ts';

export const modelColumns = ['name', 'weights', 'removed', 'macs', 'bytes', 'return', 'kept', 'latency'] as const;
export type ModelColumn = (typeof modelColumns)[number];

export interface ModelOrder {
  /** Null: as the models came about, children after their parents. */
  readonly column: ModelColumn | null;
  readonly descending: boolean;
}

/** Null where it was not measured. */
export function figureOf({ item, sparsity, kept }: LineageEntry, column: ModelColumn): number | string | null {
  const { counts, name } = item.model;
  const report = item.test?.report;
  switch (column) {
    case 'name':
      return name;
    case 'weights':
      return counts.nonzeroWeights;
    case 'removed':
      return sparsity;
    case 'macs':
      return counts.nonzeroMacs;
    case 'bytes':
      return counts.bytes;
    case 'return':
      return report?.summary.mean ?? null;
    case 'kept':
      return kept;
    case 'latency':
      return report?.latency?.medianMicroseconds ?? null;
  }
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'string' || typeof b === 'string'
    ? String(a).localeCompare(String(b), undefined, { numeric: true })
    : a - b;
}

/** What was not measured comes last either way; equals stay in the order in which they are given. */
export function sortModels(
  entries: readonly LineageEntry[],
  { column, descending }: ModelOrder,
): readonly LineageEntry[] {
  if (column === null) return entries;
  return [...entries].sort((first, second) => {
    const [a, b] = [figureOf(first, column), figureOf(second, column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return descending ? compare(b, a) : compare(a, b);
  });
}

/** The first press sorts as one looks for it (names forwards, figures largest first), the second turns it, the third ends it. */
export function nextOrder(order: ModelOrder, column: ModelColumn): ModelOrder {
  const first = column !== 'name';
  if (order.column !== column) return { column, descending: first };
  return order.descending === first ? { column, descending: !first } : { column: null, descending: false };
}
