// A network as a graph on a grid: input, trunk, a column for every head, what their outputs become. Geometry only.
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import type { Layer } from '../../../src-main/contract/network.ts';
import type { LayerStatistics, ModelStatistics } from '../../../src-main/contract/statistics.ts';

export type GraphNode = {
  readonly id: string;
  /** In the middle between columns where a node belongs to several. */
  readonly column: number;
  readonly row: number;
} & (
  | { readonly kind: 'input' }
  | {
      readonly kind: 'layer';
      readonly layer: Layer;
      readonly statistics: LayerStatistics;
      /** Null in the trunk. */
      readonly head: string | null;
      /** A critic: it does not act, and is left behind when the policy is pruned or exported. */
      readonly idle: boolean;
    }
  | { readonly kind: 'dueling' }
  | { readonly kind: 'action' }
);
export type LayerNode = Extract<GraphNode, { kind: 'layer' }>;

export interface NetworkGraph {
  readonly nodes: readonly GraphNode[];
  /** From and to, by id. */
  readonly edges: readonly (readonly [string, string])[];
  readonly columns: number;
  readonly rows: number;
}

export const INPUT = '(input)';
const DUELING = '(dueling)';
const ACTION = '(action)';

/** @param statistics of the same network */
export function networkGraph({ network, policy }: ModelDescription, statistics: ModelStatistics): NetworkGraph {
  const byName = new Map(statistics.map((layer) => [layer.layer, layer]));
  const columns = network.heads.length;
  const middle = (columns - 1) / 2;
  const dueling = network.combine === 'dueling';
  const nodes: GraphNode[] = [{ id: INPUT, kind: 'input', column: middle, row: 0 }];
  const edges: [string, string][] = [];

  /** Adds a chain of layers. @returns the id of its last */
  const chain = (
    layers: readonly Layer[],
    from: string,
    place: Omit<LayerNode, 'id' | 'kind' | 'layer' | 'statistics'>,
  ): string =>
    layers.reduce((before, layer, i) => {
      nodes.push({
        id: layer.name,
        kind: 'layer',
        layer,
        statistics: byName.get(layer.name)!,
        ...place,
        row: place.row + i,
      });
      edges.push([before, layer.name]);
      return layer.name;
    }, from);

  const trunk = chain(network.trunk, INPUT, { column: middle, row: 1, head: null, idle: false });
  const start = 1 + network.trunk.length;
  const end = start + Math.max(...network.heads.map(({ layers }) => layers.length));
  const last = network.heads.map(({ name, layers }, column) => {
    const idle = !dueling && name !== policy.head;
    return { name, column, idle, id: chain(layers, trunk, { column, row: start, head: name, idle }) };
  });
  if (dueling) {
    nodes.push({ id: DUELING, kind: 'dueling', column: middle, row: end });
    for (const { id } of last) edges.push([id, DUELING]);
    nodes.push({ id: ACTION, kind: 'action', column: middle, row: end + 1 });
    edges.push([DUELING, ACTION]);
    return { nodes, edges, columns, rows: end + 2 };
  }
  const acting = last.find(({ idle }) => !idle)!;
  nodes.push({ id: ACTION, kind: 'action', column: acting.column, row: end });
  edges.push([acting.id, ACTION]);
  return { nodes, edges, columns, rows: end + 1 };
}

/** Layers that have weights: those that can be chosen. */
export function weightedNodes({ nodes }: NetworkGraph): LayerNode[] {
  return nodes.filter((node): node is LayerNode => node.kind === 'layer' && node.statistics.kernel !== null);
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The weighted layer that an arrow key leads to; the same one where there is none. */
export function neighbour(graph: NetworkGraph, id: string, direction: Direction): string {
  const weighted = weightedNodes(graph);
  const here = weighted.find((node) => node.id === id);
  if (here === undefined) return weighted[0]?.id ?? id;
  const ahead = weighted.filter(({ column, row }) => {
    switch (direction) {
      case 'up':
        return row < here.row;
      case 'down':
        return row > here.row;
      case 'left':
        return column < here.column;
      case 'right':
        return column > here.column;
    }
  });
  // Along the arrow first, then straight on.
  const vertical = direction === 'up' || direction === 'down';
  const cost = ({ column, row }: LayerNode): number => {
    const [along, aside] = vertical ? [row - here.row, column - here.column] : [column - here.column, row - here.row];
    return Math.abs(along) + 0.9 * Math.abs(aside);
  };
  return ahead.toSorted((a, b) => cost(a) - cost(b))[0]?.id ?? id;
}
