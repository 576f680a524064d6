// A layer is bypassed and then merged: the two steps against the plainest forward pass there can be.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelDescription } from '../../../../src-main/contract/model.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../../src-main/engine/networks/parameters.ts';
import { allLayers, checkParameters, placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';
import { hiddenLayers } from '../../../../src-main/engine/pruning/hidden-layers.ts';
import { bypassLayer } from '../../../../src-main/engine/pruning/surgery/bypass-layer.ts';
import { mergeLayer } from '../../../../src-main/engine/pruning/surgery/merge-layer.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { referenceForward } from '../../../reference-network.ts';
import { testBackend as backend } from '../../../test-backend.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { expectClose } from '../../numerics/expect-close.ts';
import { networkCase } from '../../numerics/random-network.ts';

const rowsOf = (observations: Float32Array, size: number): number[][] =>
  Array.from({ length: observations.length / size }, (_, row) => [...observations.slice(row * size, (row + 1) * size)]);

const answers = ({ description, parameters, masks }: PolicyModel, observations: Float32Array): number[][] =>
  rowsOf(observations, placeNetwork(description.network).inputSize).map((observation) =>
    referenceForward({ network: description.network, parameters: applyMasks(parameters, masks), observation }),
  );

function states(model: PolicyModel, count: number, seed: number): Float32Array {
  const random = new Random(seed);
  const { inputSize } = placeNetwork(model.description.network);
  return Float32Array.from({ length: count * inputSize }, () => random.normal());
}

function expectSame(actual: number[][], expected: number[][], tolerance: number): void {
  expectClose(actual.flat(), expected.flat(), tolerance, 'answers');
}

const weighed = (model: PolicyModel): Parameters<typeof hiddenLayers>[0] => ({
  ...model,
  network: model.description.network,
});
const layersOf = ({ description }: PolicyModel): string[] =>
  allLayers(placeNetwork(description.network)).map(({ layer }) => layer.name);

/** With units that no state silences: on these states its hidden layers are affine maps. */
function neverSilent(outline: Parameters<typeof sampleModel>[0]): PolicyModel {
  const model = sampleModel({ ...outline, activation: 'relu' });
  const parameters = Object.entries(model.parameters).map(([name, values]): [string, Float32Array] => [
    name,
    name.includes('hidden') && name.endsWith('/bias') ? values.map((b) => b + 50) : values,
  ]);
  return { ...model, parameters: Object.fromEntries(parameters) };
}

describe('a layer that is merged away', () => {
  it('leaves the answers of its linear stand-in, in every network that can do without it', () => {
    let removed = 0;
    fc.assert(
      fc.property(networkCase, fc.nat(), ({ network, parameters }, seed) => {
        const model: PolicyModel = { description: { network } as ModelDescription, parameters, masks: {} };
        const observations = states(model, 40, seed);
        for (const { group, obstacle } of hiddenLayers(weighed(model))) {
          if (obstacle !== null) continue;
          removed++;
          const bypassed = bypassLayer(model, group.layer, { backend, observations });
          checkParameters(bypassed.description.network, bypassed.parameters);
          const merged = mergeLayer(bypassed, group.layer);
          checkParameters(merged.description.network, merged.parameters);
          expect(layersOf(merged)).toEqual(layersOf(model).filter((name) => name !== group.layer));
          const few = observations.subarray(0, 5 * placeNetwork(network).inputSize);
          const answered = answers(merged, few);
          expect(answered.flat().every(Number.isFinite)).toBe(true);
          expectSame(answered, answers(bypassed, few), 1e-4);
        }
      }),
      { numRuns: 80 },
    );
    expect(removed).toBeGreaterThan(20);
  });

  it.each([
    { kind: 'q', hidden: [8, 8], layer: 'hidden_0' },
    { kind: 'q', hidden: [8, 8], layer: 'hidden_1' },
    // Read by both heads.
    { kind: 'dueling', hidden: [9, 7], layer: 'hidden_1' },
    { kind: 'dueling', hidden: [9, 7], layer: 'hidden_0' },
    { kind: 'shared', hidden: [9, 7], layer: 'hidden_1' },
  ] as const)('changes nothing where it was affine on the states: $layer of $kind', ({ kind, hidden, layer }) => {
    const model = neverSilent({ inputs: 3, hidden, actions: 3, kind });
    const observations = states(model, 300, 5);
    const merged = mergeLayer(bypassLayer(model, layer, { backend, observations }), layer);
    expectSame(answers(merged, observations), answers(model, observations), 1e-3);
    expect(layersOf(merged)).not.toContain(layer);
  });

  it('takes with it what is pruned: masked weights of its readers do not come back', () => {
    const model = neverSilent({ inputs: 3, hidden: [8, 8], actions: 3 });
    const mask = new Uint8Array(64).map((_, i) => Number(i % 3 > 0));
    const masked = { ...model, masks: { 'hidden_1/kernel': mask, 'hidden_0/kernel': new Uint8Array(24).fill(1) } };
    const observations = states(masked, 300, 6);
    const merged = mergeLayer(bypassLayer(masked, 'hidden_0', { backend, observations }), 'hidden_0');
    expect(merged.masks).toEqual({});
    expectSame(answers(merged, observations), answers(masked, observations), 1e-3);
  });

  it('is left out where it is a convolution that keeps the shape of what it reads', () => {
    const model = sampleModel({ image: true, hidden: [4] });
    const { network } = model.description;
    const name = network.trunk.concat(network.heads[0]!.layers).find(({ kind }) => kind === 'conv2d')!.name;
    const same = <T extends { readonly name: string }>(layers: readonly T[]): T[] =>
      layers.map((layer) =>
        layer.name === name ? { ...layer, filters: 2, kernelSize: [3, 2], padding: 'same' } : layer,
      );
    const changed = {
      ...network,
      trunk: same(network.trunk),
      heads: network.heads.map((head) => ({ ...head, layers: same(head.layers) })),
    };
    const random = new Random(4);
    const parameters = Object.fromEntries(
      allLayers(placeNetwork(changed)).flatMap(({ layer, inputShape }) => {
        if (layer.kind !== 'dense' && layer.kind !== 'conv2d') return [];
        const units = layer.kind === 'dense' ? layer.units : layer.filters;
        const inputs =
          layer.kind === 'dense' ? inputShape[0]! : layer.kernelSize[0] * layer.kernelSize[1] * inputShape[2]!;
        return [
          [`${layer.name}/kernel`, Float32Array.from({ length: inputs * units }, () => random.normal())],
          [`${layer.name}/bias`, new Float32Array(units)],
        ];
      }),
    ) as PolicyModel['parameters'];
    const model2: PolicyModel = { ...model, description: { ...model.description, network: changed }, parameters };
    expect(hiddenLayers(weighed(model2)).find(({ group }) => group.layer === name)?.obstacle).toBeNull();
    expect(hiddenLayers(weighed(model)).find(({ group }) => group.layer === name)?.obstacle).toMatch(/shape/);
    const observations = states(model2, 6, 7);
    const bypassed = bypassLayer(model2, name, { backend, observations });
    const merged = mergeLayer(bypassed, name);
    checkParameters(merged.description.network, merged.parameters);
    expectSame(answers(merged, observations), answers(bypassed, observations), 1e-6);
  });
});
