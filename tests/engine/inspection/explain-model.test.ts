// Inputs that a policy no longer looks at, with masks made by hand and against what changing the inputs does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { explainModel } from '../../../src-main/engine/inspection/explain-model.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../src-main/engine/networks/parameters.ts';
import { sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { referenceForward } from '../../reference-network.ts';
import { sampleModel, type ModelOutline } from '../networks/sample-models.ts';

/** The model with these entries of its kernels pruned. */
function masked(model: PolicyModel, pruned: Readonly<Record<string, (index: number) => boolean>>): PolicyModel {
  const masks = Object.entries(pruned).map(([layer, isPruned]) => {
    const name = `${layer}/kernel`;
    return [name, Uint8Array.from(model.parameters[name]!, (_, i) => (isPruned(i) ? 0 : 1))];
  });
  return { ...model, masks: Object.fromEntries(masks) as PolicyModel['masks'] };
}

const unreadOf = (model: PolicyModel): number[] => explainModel(model, null).unread.map(({ index }) => index);

describe('inputs that are no longer looked at', () => {
  // 4 inputs → 5 → 4 → 2 actions; kernels are [inputs, units], row-major.
  const model = sampleModel({ inputs: 4, hidden: [5, 4] });

  it('none are missed by a dense policy', () => {
    expect(explainModel(model, cartPole)).toMatchObject({
      inputs: 4,
      unread: [],
      constantLayers: [],
      constantAction: false,
      zeros: 0,
      weights: 4 * 5 + 5 * 4 + 4 * 2,
    });
  });

  it('one whose outgoing weights are all gone, by its name', () => {
    const blind = masked(model, { hidden_0: (i) => Math.floor(i / 5) === 2 });
    expect(explainModel(blind, cartPole).unread).toEqual([{ index: 2, name: 'pole angle' }]);
    expect(explainModel(blind, null).unread).toEqual([{ index: 2, name: null }]);
    expect(explainModel(blind, cartPole).zeros).toBe(5);
  });

  it('one that leads only to units which nothing reads', () => {
    // Input 1 feeds unit 3 alone, and unit 3 is read by nobody.
    const blind = masked(model, {
      hidden_0: (i) => Math.floor(i / 5) === 1 && i % 5 !== 3,
      hidden_1: (i) => Math.floor(i / 4) === 3,
    });
    expect(unreadOf(blind)).toEqual([1]);
    expect(unreadOf({ ...blind, masks: { 'hidden_0/kernel': blind.masks['hidden_0/kernel']! } })).toEqual([]);
  });

  it('a weight that is zero without a mask counts as gone', () => {
    const kernel = model.parameters['hidden_0/kernel']!.map((value, i) => (i < 5 ? 0 : value));
    expect(unreadOf({ ...model, parameters: { ...model.parameters, 'hidden_0/kernel': kernel } })).toEqual([0]);
  });

  it('all of them, where a layer is cut through: it is constant, and so is the action', () => {
    const cut = masked(model, { hidden_1: () => true });
    expect(explainModel(cut, null)).toMatchObject({
      unread: [0, 1, 2, 3].map((index) => ({ index, name: null })),
      constantLayers: ['hidden_1', 'q/out'],
      constantAction: true,
    });
  });

  it('the value of a dueling network does not decide', () => {
    const dueling = sampleModel({ inputs: 3, hidden: [4], kind: 'dueling' });
    const blind = masked(dueling, { 'advantage/hidden': () => true });
    expect(explainModel(blind, null)).toMatchObject({
      constantAction: true,
      constantLayers: ['advantage/hidden', 'advantage/out'],
    });
    const valueless = masked(dueling, { 'value/hidden': () => true });
    expect(explainModel(valueless, null)).toMatchObject({ unread: [], constantAction: false });
  });

  it('a critic is not asked', () => {
    const shared = sampleModel({ inputs: 3, hidden: [4], kind: 'shared' });
    expect(explainModel(masked(shared, { 'policy/out': () => true }), null).constantAction).toBe(true);
  });

  it('of an image, whole channels', () => {
    const image = sampleModel({ image: true, hidden: [4] });
    // [height, width, channels, filters] = [2, 2, 2, 3]
    const blind = masked(image, { conv_0: (i) => Math.floor(i / 3) % 2 === 1 });
    expect(explainModel(blind, null)).toMatchObject({ inputs: 2, unread: [{ index: 1, name: null }] });
  });

  it('do not change the outputs, whatever they are; the others can', () => {
    const outlines: ModelOutline[] = [
      { inputs: 4, hidden: [4, 3] },
      { image: true, hidden: [3] },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...outlines), fc.integer({ min: 1, max: 1e6 }), (outline, seed) => {
        const random = new Random(seed);
        // Linear: no rectifier hides a way that is there.
        const dense = sampleModel({ ...outline, activation: 'linear', seed });
        const kernels = Object.keys(dense.parameters).filter((name) => name.endsWith('/kernel'));
        const sparse = masked(
          dense,
          Object.fromEntries(kernels.map((name) => [name.slice(0, -'/kernel'.length), () => random.uniform() < 0.7])),
        );
        const { network } = sparse.description;
        const size = sizeOf(network.input.shape);
        const { inputs, unread } = explainModel(sparse, null);
        const blind = new Set(unread.map(({ index }) => index));
        const before = Array.from({ length: size }, () => random.normal());
        const parameters = applyMasks(sparse.parameters, sparse.masks);
        const answer = (observation: readonly number[]): number[] =>
          referenceForward({ network, parameters, observation });
        for (let input = 0; input < inputs; input++) {
          const after = before.map((value, i) => (i % inputs === input ? value + 1 + random.uniform() : value));
          if (blind.has(input)) expect(answer(after)).toEqual(answer(before));
          // A way through a pool need not show in this one state.
          else if (outline.image !== true) expect(answer(after)).not.toEqual(answer(before));
        }
      }),
      { numRuns: 60 },
    );
  });
});

it.each(environments.all.map((environment) => [environment.id, environment] as const))(
  '%s has a name for each of its inputs',
  (_, { observationNames, observationSpace }) => {
    expect(observationNames).toHaveLength(observationSpace.shape.at(-1)!);
    expect(new Set(observationNames).size).toBe(observationSpace.shape.at(-1)!);
  },
);
