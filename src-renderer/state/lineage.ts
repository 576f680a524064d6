// The models of a project as the tree that they grew: children under the model that they were made from.
import type { ModelItem } from '../../src-main/contract/api/models.ts';
import { keptShare } from '../../src-main/contract/kept-share.ts';

export type Origin = 'imported' | 'trained' | 'pruned';

export interface LineageEntry {
  readonly item: ModelItem;
  readonly id: string;
  /** 0 for the first of a line. */
  readonly depth: number;
  /** Under it, at any depth: they follow it directly. */
  readonly descendants: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  /** The first of its line; itself for that one. */
  readonly root: ModelItem;
  readonly origin: Origin;
  /** Share of the root's weights that are gone or zero. */
  readonly sparsity: number;
  /** Share of the root's return that is left; null where one of the two was not measured, and for the root. */
  readonly kept: number | null;
}

function originOf({ model }: ModelItem): Origin {
  if (model.parentId !== null) return 'pruned';
  return model.source === null ? 'trained' : 'imported';
}

function keptOf(item: ModelItem, root: ModelItem): number | null {
  if (item === root || item.test === null || root.test === null) return null;
  const { summary, worstReturn } = root.test.report;
  return keptShare({ dense: summary.mean, pruned: item.test.report.summary.mean, worst: worstReturn });
}

/**
 * In the order of display: every model directly before its children, those in the order in which they are given. A model
 * whose parent is not among them (it was deleted) begins a line of its own.
 */
export function lineageOf(models: readonly ModelItem[]): readonly LineageEntry[] {
  const present = new Set(models.map(({ model }) => model.id));
  const roots: ModelItem[] = [];
  const childrenOf = new Map<string, ModelItem[]>();
  for (const item of models) {
    const { parentId } = item.model;
    if (parentId === null || !present.has(parentId)) roots.push(item);
    else childrenOf.set(parentId, [...(childrenOf.get(parentId) ?? []), item]);
  }
  interface Visit {
    readonly item: ModelItem;
    readonly depth: number;
    readonly root: ModelItem;
    readonly position: number;
    readonly siblings: number;
  }
  const visits = (items: readonly ModelItem[], depth: number, root: ModelItem | null): Visit[] =>
    items.map((item, index) => ({ item, depth, root: root ?? item, position: index + 1, siblings: items.length }));
  // No recursion: a line of a thousand generations is as deep as that.
  const order: Visit[] = [];
  const waiting = visits(roots, 0, null).reverse();
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    order.push(visit);
    waiting.push(...visits(childrenOf.get(visit.item.model.id) ?? [], visit.depth + 1, visit.root).reverse());
  }
  return withDescendants(order).map(({ visit: { item, depth, root, position, siblings }, descendants }) => ({
    item,
    id: item.model.id,
    depth,
    descendants,
    position,
    siblings,
    root,
    origin: originOf(item),
    sparsity: Math.max(0, 1 - item.model.counts.nonzeroWeights / Math.max(1, root.model.counts.weights)),
    kept: keptOf(item, root),
  }));
}

/** What follows a model and is deeper is under it. */
function withDescendants<V extends { readonly depth: number }>(
  order: readonly V[],
): { visit: V; descendants: number }[] {
  const counted = order.map((visit) => ({ visit, descendants: 0 }));
  /** Indices of the models that the present one is under. */
  const open: number[] = [];
  for (let index = 0; index <= counted.length; index++) {
    const depth = counted[index]?.visit.depth ?? 0;
    while (open.length > depth) {
      const closed = open.pop()!;
      counted[closed]!.descendants = index - closed - 1;
    }
    open.push(index);
  }
  return counted;
}

/** Under its root the part of a name that repeats the root's can be left out: "90.9 % of the weights pruned". */
export function nameUnderRoot({ item, root, depth }: LineageEntry): string {
  const prefix = `${root.model.name}, `;
  const { name } = item.model;
  return depth > 0 && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** Without what is under a collapsed model. */
export function unfolded(
  entries: readonly LineageEntry[],
  isCollapsed: (id: string) => boolean,
): readonly LineageEntry[] {
  const shown: LineageEntry[] = [];
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!;
    shown.push(entry);
    if (isCollapsed(entry.id)) index += entry.descendants;
  }
  return shown;
}
