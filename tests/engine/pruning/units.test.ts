import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeNetwork, allLayers } from '../../../src-main/engine/networks/shapes.ts';
import { outputLayers, prunableKernels, unitGroups } from '../../../src-main/engine/pruning/units.ts';
import { networkCase } from '../numerics/random-network.ts';
import { natureModel, sampleNetwork } from '../networks/sample-models.ts';

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

it('channels are read through pools and flattens, at every position: worked by hand', () => {
  const reader = (layer: string, rows: number, units: number, unpadded = true): unknown => ({
    ...{ layer, rows, units, unpadded },
  });
  const groups = unitGroups(sampleNetwork({ image: true, hidden: [5], actions: 3, kind: 'shared' }));
  expect(groups).toMatchObject([
    { layer: 'conv_0', kind: 'channel', units: 3, inputs: 8, consumers: [reader('conv_1', 12, 4, false)] },
    { layer: 'conv_1', kind: 'channel', units: 4, inputs: 12, consumers: [reader('hidden_0', 24, 5)] },
    {
      layer: 'hidden_0',
      kind: 'neuron',
      units: 5,
      inputs: 24,
      consumers: [reader('policy/out', 5, 3), reader('value/out', 5, 1)],
    },
  ]);
  const separate = unitGroups(sampleNetwork({ image: true, hidden: [], kind: 'actor-critic' }));
  expect(separate.map(({ layer, consumers }) => [layer, consumers[0]!.layer])).toEqual([
    ['policy/conv_0', 'policy/conv_1'],
    ['policy/conv_1', 'policy/out'],
    ['value/conv_0', 'value/conv_1'],
    ['value/conv_1', 'value/out'],
  ]);
  const streams = unitGroups(sampleNetwork({ image: true, hidden: [], kind: 'dueling' }));
  expect(streams[1]!.consumers).toEqual([reader('value/hidden', 24, 3), reader('advantage/hidden', 24, 3)]);
});

it('the Nature CNN reads its 64 last channels at 7×7 positions', () => {
  const { network } = natureModel(6).description;
  expect(unitGroups(network).map(({ layer, inputs, units }) => [layer, inputs, units])).toEqual([
    ['conv_1', 256, 32],
    ['conv_2', 512, 64],
    ['conv_3', 576, 64],
    ['features', 3136, 512],
  ]);
  const last = unitGroups(network)[2]!;
  expect(last.consumers).toEqual([{ layer: 'features', rows: 3136, units: 512, unpadded: true }]);
});

it('units that reach an output without another weight are the outputs', () => {
  const network = sampleNetwork({ hidden: [4] });
  const flat = { kind: 'flatten', name: 'flat' } as const;
  const heads = [...network.heads, { name: 'features', layers: [flat] }];
  expect(unitGroups({ ...network, heads })).toEqual([]);
  expect(outputLayers({ ...network, heads })).toEqual(new Set(['q/out', 'hidden_0']));
  const through = { ...network, trunk: [...network.trunk, flat] };
  expect(unitGroups(through).map(({ layer, consumers }) => [layer, consumers[0]!.layer])).toEqual([
    ['hidden_0', 'q/out'],
  ]);
});

it('in any network: never an output, and every row of every reader belongs to one unit', () => {
  fc.assert(
    fc.property(networkCase, ({ network, parameters }) => {
      const outputs = outputLayers(network);
      for (const head of network.heads)
        expect(outputs).toContain(head.layers.findLast(({ kind }) => kind === 'dense')!.name);
      for (const group of unitGroups(network)) {
        expect(outputs).not.toContain(group.layer);
        expect(parameters[`${group.layer}/bias`]).toHaveLength(group.units);
        expect(parameters[`${group.layer}/kernel`]).toHaveLength(group.inputs * group.units);
        for (const reader of group.consumers) {
          expect(parameters[`${reader.layer}/kernel`]).toHaveLength(reader.rows * reader.units);
          expect(reader.rows % group.units).toBe(0);
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
