// Three fixed networks that the parts of the suite train: a small MLP, a convolutional one, a dueling one.
import type { NetworkSpecification } from '../../../../src-main/contract/network.ts';
import type { OptimizerConfig } from '../../../../src-main/engine/numerics/backend.ts';
import { placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

export const mlp: NetworkSpecification = {
  input: { shape: [3], scale: 1 },
  trunk: [
    { kind: 'dense', name: 'hidden_1', units: 7, activation: 'relu' },
    { kind: 'dense', name: 'hidden_2', units: 5, activation: 'tanh' },
  ],
  heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q', units: 2, activation: 'linear' }] }],
  combine: 'concatenate',
};

export const convolutional: NetworkSpecification = {
  input: { shape: [6, 5, 2], scale: 0.5 },
  trunk: [
    {
      kind: 'conv2d',
      name: 'conv_1',
      filters: 3,
      kernelSize: [3, 2],
      strides: [2, 1],
      padding: 'same',
      activation: 'elu',
    },
    { kind: 'max-pool', name: 'pool', poolSize: [2, 2], strides: [1, 2], padding: 'valid' },
    {
      kind: 'conv2d',
      name: 'conv_2',
      filters: 2,
      kernelSize: [2, 2],
      strides: [1, 1],
      padding: 'valid',
      activation: 'relu',
    },
    { kind: 'flatten', name: 'flatten' },
  ],
  heads: [
    { name: 'policy', layers: [{ kind: 'dense', name: 'policy', units: 4, activation: 'linear' }] },
    { name: 'value', layers: [{ kind: 'dense', name: 'value', units: 1, activation: 'linear' }] },
  ],
  combine: 'concatenate',
};

export const dueling: NetworkSpecification = {
  ...mlp,
  heads: [
    { name: 'value', layers: [{ kind: 'dense', name: 'value', units: 1, activation: 'linear' }] },
    { name: 'advantage', layers: [{ kind: 'dense', name: 'advantage', units: 4, activation: 'linear' }] },
  ],
  combine: 'dueling',
};

/** Every kind of optimizer, with and without what it can leave out. */
export const optimizers: readonly OptimizerConfig[] = [
  { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  { kind: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
  { kind: 'rmsprop', decay: 0.95, epsilon: 0.01, centered: false },
  { kind: 'rmsprop', decay: 0.95, epsilon: 0.01, centered: true },
  { kind: 'sgd', momentum: 0.9 },
  { kind: 'sgd', momentum: 0 },
];

/** What to train with what: every optimizer on dense layers, and convolutions with two of them. For `it.each`. */
export const trainings: readonly (readonly [
  title: string,
  optimizer: OptimizerConfig,
  network: NetworkSpecification,
])[] = [
  ...optimizers.map((optimizer) => [JSON.stringify(optimizer), optimizer, dueling] as const),
  ['Adam on convolutions', optimizers[0]!, convolutional],
  ['momentum on convolutions', { kind: 'sgd', momentum: 0.9 }, convolutional],
];

/** Batch `index` of an endless reproducible stream of inputs and output gradients. */
export function trainingBatch(
  network: NetworkSpecification,
  index: number,
  batchSize = 4,
): { inputs: Float32Array; outputGradient: Float32Array } {
  const random = new Random(1000 + index);
  const { inputSize, outputSize } = placeNetwork(network);
  const normals = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  return { inputs: normals(batchSize * inputSize), outputGradient: normals(batchSize * outputSize) };
}
