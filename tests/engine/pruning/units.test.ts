import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeNetwork, allLayers } from '../../../src-main/engine/networks/shapes.ts';
import { prunableKernels, unitGroups } from '../../../src-main/engine/pruning/units.ts';
import { networkCase } from '../numerics/random-network.ts';
import { sampleNetwork } from '../networks/sample-models.ts';

const groupsOf = (kind: 'q' | 'dueling' | 'actor-critic' | 'shared'): unknown =>
  Object.fromEntries(
    unitGroups(sampleNetwork({ kind })).map(({ layer, consumers }) => [layer, consumers.map((reader) => reader.layer)]),
  );

it('who reads whose units: worked by hand', () => {
  expect(groupsOf('q')).toEqual({ hidden_0: ['hidden_1'], hidden_1: ['q/out'] });
  expect(groupsOf('shared')).toEqual({ hidden_0: ['hidden_1'], hidden_1: ['policy/out', 'value/out'] });
  expect(groupsOf('dueling')).toEqual({
    hidden_0: ['hidden_1'],
    hidden_1: ['value/hidden', 'advantage/hidden'],
    'value/hidden': ['value/out'],
    'advantage/hidden': ['advantage/out'],
  });
  expect(groupsOf('actor-critic')).toEqual({
    'policy/hidden_0': ['policy/hidden_1'],
    'policy/hidden_1': ['policy/out'],
    'value/hidden_0': ['value/hidden_1'],
    'value/hidden_1': ['value/out'],
  });
});

it('units before a layer that is not dense stay: their place in its output is not theirs alone', () => {
  const network = sampleNetwork({ hidden: [4] });
  const flattened = { ...network, trunk: [...network.trunk, { kind: 'flatten', name: 'flat' } as const] };
  expect(unitGroups(flattened)).toEqual([]);
});

it('in any network: never an output, and every row of every reader belongs to one unit', () => {
  fc.assert(
    fc.property(networkCase, ({ network, parameters }) => {
      const outputs = network.heads.map((head) => head.layers.at(-1)!.name);
      for (const group of unitGroups(network)) {
        expect(outputs).not.toContain(group.layer);
        expect(parameters[`${group.layer}/bias`]).toHaveLength(group.units);
        expect(parameters[`${group.layer}/kernel`]).toHaveLength(group.inputs * group.units);
        for (const reader of group.consumers) {
          expect(parameters[`${reader.layer}/kernel`]).toHaveLength(group.units * reader.units);
        }
      }
    }),
    { numRuns: 50 },
  );
});

it('every kernel may lose weights, and only kernels', () => {
  fc.assert(
    fc.property(networkCase, ({ network, parameters }) => {
      const kernels = prunableKernels(network);
      expect(kernels.map(({ name }) => name).sort()).toEqual(
        Object.keys(parameters)
          .filter((name) => name.endsWith('/kernel'))
          .sort(),
      );
      const layers = allLayers(placeNetwork(network)).map(({ layer }) => layer.name);
      for (const { layer } of kernels) expect(layers).toContain(layer);
    }),
    { numRuns: 30 },
  );
});
