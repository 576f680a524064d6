import { describe, expect, it } from 'vitest';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks, type Masks } from '../../../../src-main/engine/networks/parameters.ts';
import { activationStatistics } from '../../../../src-main/engine/pruning/activation-statistics.ts';
import { maskingOf } from '../masking-of.ts';
import { balanceBiases } from '../../../../src-main/engine/pruning/surgery/balance-biases.ts';
import { unitGroups } from '../../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { testBackend } from '../../../test-backend.ts';
import { referenceForward } from '../../../reference-network.ts';
import { expectClose } from '../../numerics/expect-close.ts';
import { sampleModel, type ModelOutline } from '../../networks/sample-models.ts';

const random = new Random(4);
const states = 400;
const observations = Float32Array.from({ length: states * 3 }, () => random.normal() + 1);

/** Mean of every output over the states. */
function meanOutputs({ description, parameters, masks }: PolicyModel): number[] {
  const masked = applyMasks(parameters, masks);
  const rows = Array.from({ length: states }, (_, row) =>
    referenceForward({
      network: description.network,
      parameters: masked,
      observation: Array.from(observations.subarray(row * 3, row * 3 + 3)),
    }),
  );
  return rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / states);
}

/** Masks that remove the first units of the named layers. */
function without(model: PolicyModel, removed: Readonly<Record<string, number>>): Masks {
  const { network } = model.description;
  const kept = unitGroups(network).map(({ layer, units }) => ({
    name: layer,
    keep: Uint8Array.from({ length: units }, (_, u) => Number(u >= (removed[layer] ?? 0))),
  }));
  return maskingOf('neuron').masksFor(network, kept);
}

const balanced = (model: PolicyModel, masks: Masks): PolicyModel => ({
  ...balanceBiases(model, masks, activationStatistics({ model, backend: testBackend, observations })),
  masks,
});

describe('the mean of what the readers of removed units get is exact', () => {
  it.each<{ title: string; outline: ModelOutline; removed: Record<string, number> }>([
    {
      title: 'in a linear network, also when units of two layers go',
      outline: { hidden: [6, 5], activation: 'linear' },
      removed: { hidden_0: 4, hidden_1: 3 },
    },
    { title: 'behind ReLUs, where the readers are outputs', outline: { hidden: [6] }, removed: { hidden_0: 4 } },
    {
      title: 'in every head that reads them',
      outline: { hidden: [6], kind: 'shared', activation: 'tanh' },
      removed: { hidden_0: 5 },
    },
  ])('$title', ({ outline, removed }) => {
    const model = sampleModel({ ...outline, actions: 3 });
    const masks = without(model, removed);
    expectClose(meanOutputs(balanced(model, masks)), meanOutputs(model), 1e-5, 'mean outputs');
    const unbalanced = meanOutputs({ ...model, masks });
    expect(Math.max(...unbalanced.map((y, j) => Math.abs(y - meanOutputs(model)[j]!)))).toBeGreaterThan(1e-3);
  });
});

describe('of channels', () => {
  const image = Float32Array.from({ length: 60 * 32 }, () => random.normal() + 0.5);
  /** Mean over states and positions of what a layer puts out. */
  const meanOf = (model: PolicyModel, layer: string): number[] => {
    const { network } = model.description;
    const units = model.parameters[`${layer}/bias`]!.length;
    const sums = new Array<number>(units).fill(0);
    let entries = 0;
    for (let state = 0; state < 60; state++) {
      referenceForward({
        network,
        parameters: applyMasks(model.parameters, model.masks),
        observation: Array.from(image.subarray(state * 32, state * 32 + 32)),
        onActivations: (name, values) => {
          if (name !== layer) return;
          values.forEach((value, i) => (sums[i % units]! += value));
          entries += values.length / units;
        },
      });
    }
    return sums.map((sum) => sum / entries);
  };

  // Before the padding convolution, whose borders see other means than its inside; and before the dense layer.
  it.each([
    { removed: 'conv_0', reader: 'conv_1' },
    { removed: 'conv_1', reader: 'hidden_0' },
  ])('the mean of what $reader puts out is exact without channels of $removed', ({ removed, reader }) => {
    const model = sampleModel({ image: true, hidden: [4], activation: 'linear' });
    const keep = model.parameters[`${removed}/bias`]!.map((_, u) => Number(u > 1));
    const { network } = model.description;
    const masks = maskingOf('channel').masksFor(network, [{ name: removed, keep: Uint8Array.from(keep) }]);
    const statistics = activationStatistics({ model, backend: testBackend, observations: image });
    const balancedModel = { ...balanceBiases(model, masks, statistics), masks };
    expectClose(meanOf(balancedModel, reader), meanOf(model, reader), 1e-5, 'means');
    const unbalanced = meanOf({ ...model, masks }, reader);
    expect(Math.max(...unbalanced.map((y, j) => Math.abs(y - meanOf(model, reader)[j]!)))).toBeGreaterThan(1e-3);
  });
});

it('masks of weights alone remove no unit, and change no bias', () => {
  const model = sampleModel();
  const masks = { 'hidden_0/kernel': new Uint8Array(15) };
  expect(balanced(model, masks).parameters).toEqual(model.parameters);
});
