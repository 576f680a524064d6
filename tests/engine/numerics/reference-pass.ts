// The forward pass of a network in float64 and in plain loops: what every backend is measured against.
import type {
  Activation,
  Conv2dLayer,
  MaxPoolLayer,
  NetworkSpecification,
} from '../../../src-main/contract/network.ts';
import {
  biasName,
  kernelName,
  placeNetwork,
  sizeOf,
  type PlacedLayer,
  type PlacedNetwork,
} from '../../../src-main/engine/networks/shapes.ts';

export type ReferenceParameters = Readonly<Record<string, ArrayLike<number>>>;

export interface ReferencePass {
  /** [batchSize, outputSize] */
  readonly outputs: Float64Array;
  /** Layer name → its output after the activation, [batchSize, product(shape)]. */
  readonly activations: Readonly<Record<string, Float64Array>>;
}

function activate(activation: Activation, z: number): number {
  switch (activation) {
    case 'linear':
      return z;
    case 'relu':
      return z > 0 ? z : 0;
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'elu':
      return z > 0 ? z : Math.expm1(z);
  }
}

/** Rows (or columns) of padding before the input, as TensorFlow's `same` puts them: the smaller half. */
function paddingBefore(input: number, output: number, window: number, stride: number, padding: string): number {
  return padding === 'valid' ? 0 : Math.floor(Math.max((output - 1) * stride + window - input, 0) / 2);
}

/** Calls `visit` with each input position under each output position of a window, padding skipped. */
function eachWindowCell(
  { layer, inputShape, outputShape }: PlacedLayer & { layer: Conv2dLayer | MaxPoolLayer },
  visit: (at: { output: number; input: number; window: number }) => void,
): void {
  const [height, width] = inputShape as [number, number];
  const [rows, columns] = outputShape as [number, number];
  const [windowRows, windowColumns] = layer.kind === 'conv2d' ? layer.kernelSize : layer.poolSize;
  const top = paddingBefore(height, rows, windowRows, layer.strides[0], layer.padding);
  const left = paddingBefore(width, columns, windowColumns, layer.strides[1], layer.padding);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < windowRows; i++) {
        for (let j = 0; j < windowColumns; j++) {
          const y = row * layer.strides[0] - top + i;
          const x = column * layer.strides[1] - left + j;
          if (y < 0 || y >= height || x < 0 || x >= width) continue;
          visit({ output: row * columns + column, input: y * width + x, window: i * windowColumns + j });
        }
      }
    }
  }
}

function applyLayer(placed: PlacedLayer, input: Float64Array, parameters: ReferenceParameters): Float64Array {
  const { layer, inputShape, outputShape } = placed;
  const output = new Float64Array(sizeOf(outputShape));
  switch (layer.kind) {
    case 'flatten':
      output.set(input);
      return output;
    case 'dense': {
      const kernel = parameters[kernelName(layer.name)]!;
      const bias = parameters[biasName(layer.name)]!;
      for (let unit = 0; unit < layer.units; unit++) {
        let z = bias[unit]!;
        for (let i = 0; i < input.length; i++) z += input[i]! * kernel[i * layer.units + unit]!;
        output[unit] = activate(layer.activation, z);
      }
      return output;
    }
    case 'conv2d': {
      const kernel = parameters[kernelName(layer.name)]!;
      const bias = parameters[biasName(layer.name)]!;
      const channels = inputShape[2]!;
      for (let i = 0; i < output.length; i++) output[i] = bias[i % layer.filters]!;
      eachWindowCell({ ...placed, layer }, (at) => {
        for (let filter = 0; filter < layer.filters; filter++) {
          for (let channel = 0; channel < channels; channel++) {
            output[at.output * layer.filters + filter]! +=
              input[at.input * channels + channel]! *
              kernel[(at.window * channels + channel) * layer.filters + filter]!;
          }
        }
      });
      return output.map((z) => activate(layer.activation, z));
    }
    case 'max-pool': {
      const channels = inputShape[2]!;
      output.fill(-Infinity);
      eachWindowCell({ ...placed, layer }, (at) => {
        for (let channel = 0; channel < channels; channel++) {
          const cell = at.output * channels + channel;
          output[cell] = Math.max(output[cell]!, input[at.input * channels + channel]!);
        }
      });
      return output;
    }
  }
}

function preprocess(network: NetworkSpecification, row: ArrayLike<number>): Float64Array {
  const { scale, normalizer } = network.input;
  return Float64Array.from(row, (raw, i) => {
    const x = raw * scale;
    if (normalizer === undefined) return x;
    const z = (x - normalizer.mean[i]!) / Math.sqrt(normalizer.variance[i]! + normalizer.epsilon);
    return Math.min(Math.max(z, -normalizer.clip), normalizer.clip);
  });
}

function combine(network: NetworkSpecification, placed: PlacedNetwork, heads: readonly Float64Array[]): number[] {
  if (network.combine === 'concatenate') return heads.flatMap((head) => [...head]);
  const byName = (name: string): Float64Array => heads[placed.heads.findIndex((head) => head.name === name)]!;
  const advantages = byName('advantage');
  const mean = advantages.reduce((sum, advantage) => sum + advantage, 0) / advantages.length;
  return [...advantages].map((advantage) => byName('value')[0]! + advantage - mean);
}

/** Outputs and activations of a network for a batch of raw observations, [batchSize, product(input.shape)]. */
export function referencePass(
  network: NetworkSpecification,
  parameters: ReferenceParameters,
  inputs: Float32Array,
  batchSize: number,
): ReferencePass {
  const placed = placeNetwork(network);
  const activations: Record<string, number[]> = {};
  const outputs: number[] = [];
  const run = (layers: readonly PlacedLayer[], input: Float64Array): Float64Array =>
    layers.reduce((values, layer) => {
      const output = applyLayer(layer, values, parameters);
      (activations[layer.layer.name] ??= []).push(...output);
      return output;
    }, input);
  for (let row = 0; row < batchSize; row++) {
    const observation = inputs.subarray(row * placed.inputSize, (row + 1) * placed.inputSize);
    const trunk = run(placed.trunk, preprocess(network, observation));
    const heads = placed.heads.map((head) => run(head.layers, trunk));
    outputs.push(...combine(network, placed, heads));
  }
  return {
    outputs: Float64Array.from(outputs),
    activations: Object.fromEntries(
      Object.entries(activations).map(([name, values]) => [name, Float64Array.from(values)]),
    ),
  };
}
