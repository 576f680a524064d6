// Models that between them have every kind of layer, activation, padding and preprocessing, with seeded weights.
import type { Activation, Layer, NetworkSpecification, Normalizer } from '../../../src-main/contract/network.ts';
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import { initializeParameters } from '../../../src-main/engine/networks/initialize.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { parameterShapes, sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

const dense = (name: string, units: number, activation: Activation): Layer => ({
  kind: 'dense',
  name,
  units,
  activation,
});

function normalizerOf(size: number, clip: number, random: Random): Normalizer {
  return {
    mean: Array.from({ length: size }, () => random.between(-1, 1)),
    variance: Array.from({ length: size }, () => random.between(0.05, 4)),
    epsilon: 1e-8,
    clip,
  };
}

/** Every third weight of every kernel pruned. */
function masksOf(network: NetworkSpecification): Record<string, Uint8Array> {
  const kernels = Object.entries(parameterShapes(network)).filter(([name]) => name.endsWith('/kernel'));
  return Object.fromEntries(
    kernels.map(([name, shape]) => [name, Uint8Array.from({ length: sizeOf(shape) }, (_, i) => (i % 3 === 0 ? 0 : 1))]),
  );
}

function model(description: Omit<ModelDescription, 'gamma'>, options: { masked: boolean }): PolicyModel {
  const { network } = description;
  return {
    description: { ...description, gamma: 0.99 },
    parameters: initializeParameters(network, new Random(5)),
    masks: options.masked ? masksOf(network) : {},
  };
}

const duelingImage: NetworkSpecification = {
  input: { shape: [11, 9, 3], scale: 1 / 16, normalizer: normalizerOf(11 * 9 * 3, 1.5, new Random(8)) },
  trunk: [
    {
      kind: 'conv2d',
      name: 'conv_1',
      filters: 5,
      kernelSize: [3, 4],
      strides: [2, 1],
      padding: 'same',
      activation: 'elu',
    },
    { kind: 'max-pool', name: 'pool_1', poolSize: [3, 2], strides: [2, 2], padding: 'same' },
    {
      kind: 'conv2d',
      name: 'conv_2',
      filters: 4,
      kernelSize: [2, 2],
      strides: [1, 1],
      padding: 'valid',
      activation: 'sigmoid',
    },
    { kind: 'flatten', name: 'flatten' },
  ],
  heads: [
    { name: 'value', layers: [dense('value/dense_1', 7, 'tanh'), dense('value/output', 1, 'linear')] },
    { name: 'advantage', layers: [dense('advantage/dense_1', 6, 'relu'), dense('advantage/output', 4, 'linear')] },
  ],
  combine: 'dueling',
};

const sharedActorCritic: NetworkSpecification = {
  input: { shape: [5], scale: 1, normalizer: normalizerOf(5, 0.8, new Random(9)) },
  trunk: [dense('dense_1', 12, 'elu'), dense('dense_2', 10, 'sigmoid')],
  heads: [
    { name: 'policy', layers: [dense('policy/output', 3, 'tanh')] },
    { name: 'value', layers: [dense('value/output', 1, 'linear')] },
  ],
  combine: 'concatenate',
};

/** Pooling without convolution, and names that an exporter could want for itself. */
const pooledImage: NetworkSpecification = {
  input: { shape: [8, 6, 2], scale: 1 / 255 },
  trunk: [
    { kind: 'max-pool', name: 'pool_1', poolSize: [2, 2], strides: [1, 2], padding: 'valid' },
    { kind: 'flatten', name: 'flatten' },
    dense('input/scaled', 9, 'relu'),
  ],
  heads: [{ name: 'q', layers: [dense('observation', 8, 'tanh'), dense('q_values', 6, 'linear')] }],
  combine: 'concatenate',
};

export const sampleModels: Readonly<Record<string, PolicyModel>> = {
  'dueling image network with a normaliser and masks': model(
    {
      algorithm: 'dqn',
      network: duelingImage,
      policy: { kind: 'greedy', head: 'advantage' },
      actionSpace: { kind: 'discrete', n: 4 },
    },
    { masked: true },
  ),
  'Gaussian actor-critic with shared layers': model(
    {
      algorithm: 'ppo',
      network: sharedActorCritic,
      policy: { kind: 'mean', head: 'policy', logStd: [0, -1, -2.5] },
      actionSpace: { kind: 'box', shape: [3], low: [-1, -1, -1], high: [1, 1, 1] },
    },
    { masked: true },
  ),
  'dense image network': model(
    {
      algorithm: 'dqn',
      network: pooledImage,
      policy: { kind: 'greedy', head: 'q' },
      actionSpace: { kind: 'discrete', n: 6 },
    },
    { masked: false },
  ),
};
