import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelDescription } from '../../../../src-main/contract/model.ts';
import type { NetworkSpecification } from '../../../../src-main/contract/network.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../../src-main/engine/networks/parameters.ts';
import { checkParameters } from '../../../../src-main/engine/networks/shapes.ts';
import { channel } from '../../../../src-main/engine/pruning/granularity/channel.ts';
import { activate, compact } from '../../../../src-main/engine/pruning/surgery/compact.ts';
import { unitGroups } from '../../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { referenceForward } from '../../../reference-network.ts';
import { expectClose } from '../../numerics/expect-close.ts';
import { networkCase } from '../../numerics/random-network.ts';
import { sampleModel } from '../../networks/sample-models.ts';

const answer = ({ description, parameters, masks }: PolicyModel, observation: readonly number[]): number[] =>
  referenceForward({ network: description.network, parameters: applyMasks(parameters, masks), observation });

/** Random masks: of single weights, and of whole units by what enters them or by what leaves them. */
function randomMasks(
  network: NetworkSpecification,
  lengths: Record<string, number>,
  seed: number,
): PolicyModel['masks'] {
  const random = new Random(seed);
  const share = random.uniform();
  const masks = Object.fromEntries(
    Object.entries(lengths)
      .filter(([name]) => name.endsWith('/kernel'))
      .map(([name, length]) => [name, Uint8Array.from({ length }, () => Number(random.uniform() >= share))]),
  );
  for (const { layer, units, consumers } of unitGroups(network)) {
    for (let unit = 0; unit < units; unit++) {
      const fate = random.integer(4);
      if (fate === 0) masks[`${layer}/kernel`]!.forEach((_, i, mask) => i % units === unit && (mask[i] = 0));
      if (fate !== 1) continue;
      for (const reader of consumers) {
        masks[`${reader.layer}/kernel`]!.forEach((_, i, mask) => {
          if (Math.floor(i / reader.units) % units === unit) mask[i] = 0;
        });
      }
    }
  }
  return masks;
}

const maskedCase = fc.tuple(networkCase, fc.nat()).map(([{ network, parameters, inputs, batchSize }, seed]) => {
  const lengths = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, values.length]));
  const model: PolicyModel = {
    description: { network } as ModelDescription,
    parameters,
    masks: randomMasks(network, lengths, seed),
  };
  const size = inputs.length / batchSize;
  const observations = Array.from({ length: batchSize }, (_, row) =>
    Array.from(inputs.subarray(row * size, (row + 1) * size)),
  );
  return { model, observations };
});

/**
 * Units of a compacted network that nothing reaches or nothing reads, in layers of more than one unit. What nothing
 * reaches may have to stay before a convolution that pads.
 */
function superfluous({ description, parameters }: PolicyModel): string[] {
  return unitGroups(description.network).flatMap(({ layer, units, consumers }) =>
    Array.from({ length: units }, (_, unit) => {
      const unpadded = consumers.every((reader) => reader.unpadded);
      const reached = !unpadded || parameters[`${layer}/kernel`]!.some((w, i) => i % units === unit && w !== 0);
      const read = consumers.some((reader) =>
        parameters[`${reader.layer}/kernel`]!.some((w, i) => Math.floor(i / reader.units) % units === unit && w !== 0),
      );
      return units === 1 || (reached && read) ? [] : [`${layer}[${unit}]`];
    }).flat(),
  );
}

describe('in any network, whatever is masked', () => {
  it('the compacted one answers as the masked one', () => {
    fc.assert(
      fc.property(maskedCase, ({ model, observations }) => {
        const compacted = compact(model);
        for (const observation of observations) {
          expectClose(answer(compacted, observation), answer(model, observation), 1e-5, 'outputs');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('it is whole, has all of its outputs, no layer without units, and nothing superfluous is left', () => {
    fc.assert(
      fc.property(maskedCase, ({ model }) => {
        const compacted = compact(model);
        const { network } = compacted.description;
        checkParameters(network, compacted.parameters);
        expect(network.heads.map((head) => head.layers.at(-1))).toEqual(
          model.description.network.heads.map((head) => head.layers.at(-1)),
        );
        for (const { units } of unitGroups(network)) expect(units).toBeGreaterThanOrEqual(1);
        expect(superfluous(compacted)).toEqual([]);
        for (const [name, mask] of Object.entries(compacted.masks)) {
          expect(mask).toHaveLength(compacted.parameters[name]!.length);
          mask.forEach((kept, i) => {
            if (kept === 0) expect(compacted.parameters[name]![i]).toBe(0);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('to operate twice changes nothing more, and the model that was given stays as it is', () => {
    fc.assert(
      fc.property(maskedCase, ({ model }) => {
        const before = structuredClone(model);
        const compacted = compact(model);
        expect(model).toEqual(before);
        expect(compact(compacted)).toEqual(compacted);
      }),
      { numRuns: 80 },
    );
  });
});

/** Masks that cut off what enters the first unit of a layer, whose kernel's last dimension are its units. */
const unreachedOf = (model: PolicyModel, layer: string, units: number): PolicyModel['masks'] => ({
  [`${layer}/kernel`]: Uint8Array.from(model.parameters[`${layer}/kernel`]!, (_, i) => Number(i % units !== 0)),
});

describe('worked by hand', () => {
  const unit = (model: PolicyModel): number[] => unitGroups(model.description.network).map(({ units }) => units);

  it('a constant unit is folded into the biases of all heads that read it', () => {
    const model = sampleModel({ inputs: 2, hidden: [2], actions: 2, activation: 'tanh', kind: 'shared' });
    const { parameters } = model;
    const compacted = compact({ ...model, masks: { 'hidden_0/kernel': Uint8Array.of(1, 0, 1, 0) } });
    expect(unit(compacted)).toEqual([1]);
    const constant = Math.tanh(parameters['hidden_0/bias']![1]!);
    const folded = (head: string): number[] => {
      const bias = parameters[`${head}/out/bias`]!;
      return Array.from(bias, (b, j) => b + constant * parameters[`${head}/out/kernel`]![bias.length + j]!);
    };
    expectClose(compacted.parameters['policy/out/bias']!, folded('policy'), 1e-6, 'policy bias');
    expectClose(compacted.parameters['value/out/bias']!, folded('value'), 1e-6, 'value bias');
    expect(compacted.masks).toEqual({});
  });

  it('a unit that nobody reads leaves, and then those that only it has read', () => {
    const model = sampleModel({ inputs: 1, hidden: [2, 2], actions: 1 });
    const masks = {
      'hidden_1/kernel': Uint8Array.of(1, 0, 0, 1), // unit u of the second layer reads unit u of the first
      'q/out/kernel': Uint8Array.of(1, 0),
    };
    expect(unit(compact({ ...model, masks }))).toEqual([1, 1]);
  });

  it('a chain of constants falls like dominoes', () => {
    const model = sampleModel({ inputs: 1, hidden: [2, 2, 2], actions: 1, activation: 'sigmoid' });
    const masks = {
      'hidden_0/kernel': Uint8Array.of(1, 0),
      'hidden_1/kernel': Uint8Array.of(1, 0, 0, 1),
      'hidden_2/kernel': Uint8Array.of(1, 0, 0, 1),
    };
    const compacted = compact({ ...model, masks });
    expect(unit(compacted)).toEqual([1, 1, 1]);
    expectClose(answer(compacted, [0.4]), answer({ ...model, masks }, [0.4]), 1e-6, 'outputs');
  });

  it('when everything is cut, one idle unit per layer and the constant answer remain', () => {
    const model = sampleModel({ hidden: [4, 4] });
    const masks = Object.fromEntries(
      Object.entries(model.parameters)
        .filter(([name]) => name.endsWith('/kernel'))
        .map(([name, values]) => [name, new Uint8Array(values.length)]),
    );
    const compacted = compact({ ...model, masks });
    expect(unit(compacted)).toEqual([1, 1]);
    expectClose(answer(compacted, [1, 2, 3]), model.parameters['q/out/bias']!, 1e-6, 'outputs');
  });

  describe('of convolutions', () => {
    const model = sampleModel({ image: true, hidden: [5], activation: 'sigmoid' });
    const shapes = (operated: PolicyModel): unknown =>
      Object.entries(operated.parameters).map(([name, values]) => `${name} ${values.length}`);
    const observation = Array.from({ length: 32 }, (_, i) => Math.sin(i * i));
    it('a channel that nothing reads leaves with its slice of every kernel', () => {
      const { network } = model.description;
      const keep = { conv_0: Uint8Array.of(1, 0, 1), conv_1: Uint8Array.of(0, 1, 0, 1) };
      const kept = Object.entries(keep).map(([name, of]) => ({ name, keep: of }));
      const masked = { ...model, masks: channel.masksFor(network, kept) };
      const compacted = compact(masked);
      expect(compacted.description.network.trunk.slice(0, 3)).toMatchObject([
        { name: 'conv_0', filters: 2 },
        { name: 'pool' },
        { name: 'conv_1', filters: 2 },
      ]);
      // 2×2 windows; 2×3 positions are flattened.
      expect(shapes(compacted)).toEqual([
        `conv_0/kernel ${4 * 2 * 2}`,
        'conv_0/bias 2',
        `conv_1/kernel ${4 * 2 * 2}`,
        'conv_1/bias 2',
        `hidden_0/kernel ${6 * 2 * 5}`,
        'hidden_0/bias 5',
        'q/out/kernel 10',
        'q/out/bias 2',
      ]);
      expect(compacted.masks).toEqual({});
      expectClose(answer(compacted, observation), answer(masked, observation), 1e-6, 'outputs');
    });

    it('a constant channel is folded into the biases of dense readers, all positions of it', () => {
      const masked = { ...model, masks: unreachedOf(model, 'conv_1', 4) };
      const compacted = compact(masked);
      expect(compacted.parameters['conv_1/bias']).toHaveLength(3);
      const constant = 1 / (1 + Math.exp(-model.parameters['conv_1/bias']![0]!));
      const kernel = model.parameters['hidden_0/kernel']!;
      const expected = Array.from(model.parameters['hidden_0/bias']!, (b, j) =>
        [0, 1, 2, 3, 4, 5].reduce((sum, position) => sum + constant * kernel[position * 4 * 5 + j]!, b),
      );
      expectClose(compacted.parameters['hidden_0/bias']!, expected, 1e-6, 'bias');
      expectClose(answer(compacted, observation), answer(masked, observation), 1e-6, 'outputs');
    });

    it('a constant other than zero stays before a convolution that pads with zeros; zero leaves', () => {
      const masks = unreachedOf(model, 'conv_0', 3);
      expect(compact({ ...model, masks }).parameters['conv_0/bias']).toHaveLength(3);
      const silent = sampleModel({ image: true, hidden: [5], activation: 'relu' });
      const bias = silent.parameters['conv_0/bias']!.map((b, i) => (i === 0 ? -1 : b));
      const masked = { ...silent, parameters: { ...silent.parameters, 'conv_0/bias': bias }, masks };
      const compacted = compact(masked);
      expect(compacted.parameters['conv_0/bias']).toHaveLength(2);
      expectClose(answer(compacted, observation), answer(masked, observation), 1e-6, 'outputs');
    });
  });

  it('a dense model is left as it is', () => {
    const model = sampleModel({ kind: 'dueling' });
    expect(compact(model)).toEqual(model);
  });
});

it('activate is the activations of the reference pass', () => {
  for (const activation of ['linear', 'relu', 'tanh', 'sigmoid', 'elu'] as const) {
    for (const x of [-3, -0.5, 0, 1e-9, 0.5, 3]) {
      const [expected] = referenceForward({
        network: {
          input: { shape: [1], scale: 1 },
          trunk: [],
          heads: [{ name: 'y', layers: [{ kind: 'dense', name: 'y', units: 1, activation }] }],
          combine: 'concatenate',
        },
        parameters: { 'y/kernel': Float32Array.of(1), 'y/bias': Float32Array.of(0) },
        observation: [x],
      });
      expect(activate(activation, x)).toBeCloseTo(expected!, 12);
    }
  }
});
