import { describe, expect, it } from 'vitest';
import { modelStatistics } from '../../../src-main/engine/inspection/model-statistics.ts';
import {
  INPUT,
  neighbour,
  networkGraph,
  weightedNodes,
  type NetworkGraph,
} from '../../../src-renderer/features/inspector/network-graph.ts';
import { sampleModel, type ModelOutline } from '../../engine/networks/sample-models.ts';

function graphOf(outline: ModelOutline): NetworkGraph {
  const model = sampleModel(outline);
  return networkGraph(model.description, modelStatistics(model));
}

const at = ({ nodes }: NetworkGraph, id: string): [number, number] => {
  const { column, row } = nodes.find((node) => node.id === id)!;
  return [column, row];
};

describe.each(['q', 'dueling', 'actor-critic', 'shared'] as const)('the graph of a network of kind %s', (kind) => {
  const graph = graphOf({ kind });

  it('leads from the input, downwards, to everything', () => {
    const reached = new Set([INPUT]);
    for (const { id, row } of graph.nodes.toSorted((a, b) => a.row - b.row)) {
      const from = graph.edges.filter(([, to]) => to === id).map(([start]) => start);
      if (id !== INPUT) expect(from.length).toBeGreaterThan(0);
      for (const start of from) {
        expect(reached.has(start)).toBe(true);
        expect(at(graph, start)[1]).toBeLessThan(row);
      }
      reached.add(id);
    }
    expect(reached.size).toBe(graph.nodes.length);
  });

  it('has no two nodes in one place, and none outside of its grid', () => {
    const places = graph.nodes.map(({ column, row }) => `${column} ${row}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { column, row } of graph.nodes) {
      expect(column).toBeGreaterThanOrEqual(0);
      expect(column).toBeLessThan(graph.columns);
      expect(row).toBeLessThan(graph.rows);
    }
  });

  it('every layer with weights can be reached with the arrow keys', () => {
    const ids = weightedNodes(graph).map(({ id }) => id);
    const reached = new Set([ids[0]!]);
    for (const id of reached) {
      for (const direction of ['up', 'down', 'left', 'right'] as const) reached.add(neighbour(graph, id, direction));
    }
    expect([...reached].toSorted()).toEqual(ids.toSorted());
  });
});

describe('branches', () => {
  it('of a dueling network meet again, and both act', () => {
    const graph = graphOf({ kind: 'dueling', hidden: [5] });
    expect(at(graph, 'hidden_0')[0]).toBe(0.5);
    expect([at(graph, 'value/out'), at(graph, 'advantage/out')]).toEqual([
      [0, 3],
      [1, 3],
    ]);
    expect(weightedNodes(graph).filter(({ idle }) => idle)).toEqual([]);
  });

  it('of actor and critic begin at the input; the critic leads nowhere', () => {
    const graph = graphOf({ kind: 'actor-critic', hidden: [5, 4] });
    expect(graph.edges.filter(([from]) => from === INPUT)).toHaveLength(2);
    expect(graph.edges.filter(([from]) => from === 'value/out')).toEqual([]);
    expect(weightedNodes(graph).flatMap(({ id, idle }) => (idle ? [id] : []))).toEqual([
      'value/hidden_0',
      'value/hidden_1',
      'value/out',
    ]);
  });

  it('right and left lead to the other head, up and down stay in theirs', () => {
    const graph = graphOf({ kind: 'actor-critic', hidden: [5, 4] });
    expect(neighbour(graph, 'policy/hidden_1', 'right')).toBe('value/hidden_1');
    expect(neighbour(graph, 'value/hidden_1', 'down')).toBe('value/out');
    expect(neighbour(graph, 'value/out', 'down')).toBe('value/out');
    expect(neighbour(graph, 'value/out', 'left')).toBe('policy/out');
  });
});
