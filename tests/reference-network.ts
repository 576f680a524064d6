// The plainest forward pass there can be, in double precision: what backends, readers and exports are compared with.
import type { Activation, Conv2dLayer, MaxPoolLayer, NetworkSpecification } from '../src-main/contract/network.ts';
import { placeNetwork, type PlacedLayer, type Shape } from '../src-main/engine/networks/shapes.ts';

/** Parameters, in double precision if need be. */
export type ReferenceParameters = Readonly<Record<string, ArrayLike<number>>>;

const ACTIVATIONS: Record<Activation, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
};

function preprocess(network: NetworkSpecification, observation: readonly number[]): number[] {
  const { scale, normalizer } = network.input;
  return observation.map((value, i) => {
    const scaled = value * scale;
    if (normalizer === undefined) return scaled;
    const standard = (scaled - normalizer.mean[i]!) / Math.sqrt(normalizer.variance[i]! + normalizer.epsilon);
    return Math.max(-normalizer.clip, Math.min(normalizer.clip, standard));
  });
}

/** Cells of the input under the window of each output position, as TensorFlow places them. */
function* windows(
  layer: Conv2dLayer | MaxPoolLayer,
  input: Shape,
  output: Shape,
): Generator<{ position: number; dy: number; dx: number; cell: number }> {
  const size = layer.kind === 'conv2d' ? layer.kernelSize : layer.poolSize;
  const before = ([0, 1] as const).map((axis) => {
    if (layer.padding === 'valid') return 0;
    return Math.floor(Math.max(0, (output[axis]! - 1) * layer.strides[axis] + size[axis] - input[axis]!) / 2);
  });
  for (let oy = 0; oy < output[0]!; oy++) {
    for (let ox = 0; ox < output[1]!; ox++) {
      for (let dy = 0; dy < size[0]; dy++) {
        for (let dx = 0; dx < size[1]; dx++) {
          const y = oy * layer.strides[0] + dy - before[0]!;
          const x = ox * layer.strides[1] + dx - before[1]!;
          if (y < 0 || x < 0 || y >= input[0]! || x >= input[1]!) continue;
          yield { position: oy * output[1]! + ox, dy, dx, cell: y * input[1]! + x };
        }
      }
    }
  }
}

function applyLayer(
  { layer, inputShape, outputShape }: PlacedLayer,
  input: number[],
  parameters: ReferenceParameters,
): number[] {
  const kernel = parameters[`${layer.name}/kernel`];
  const bias = parameters[`${layer.name}/bias`];
  switch (layer.kind) {
    case 'flatten':
      return input;
    case 'dense': {
      const sums = Float64Array.from(bias!);
      input.forEach((value, i) => {
        const row = i * sums.length;
        for (let unit = 0; unit < sums.length; unit++) sums[unit]! += value * kernel![row + unit]!;
      });
      return Array.from(sums, ACTIVATIONS[layer.activation]);
    }
    case 'conv2d': {
      const activation = ACTIVATIONS[layer.activation];
      const channels = inputShape[2]!;
      const positions = outputShape[0]! * outputShape[1]!;
      const sums = Array.from({ length: positions * layer.filters }, (_, i) => bias![i % layer.filters]!);
      for (const { position, dy, dx, cell } of windows(layer, inputShape, outputShape)) {
        for (let channel = 0; channel < channels; channel++) {
          const at = ((dy * layer.kernelSize[1] + dx) * channels + channel) * layer.filters;
          const value = input[cell * channels + channel]!;
          for (let filter = 0; filter < layer.filters; filter++) {
            sums[position * layer.filters + filter]! += value * kernel![at + filter]!;
          }
        }
      }
      return sums.map(activation);
    }
    case 'max-pool': {
      const channels = inputShape[2]!;
      const output = Array.from({ length: outputShape.reduce((a, b) => a * b, 1) }, () => -Infinity);
      for (const { position, cell } of windows(layer, inputShape, outputShape)) {
        for (let channel = 0; channel < channels; channel++) {
          const at = position * channels + channel;
          output[at] = Math.max(output[at]!, input[cell * channels + channel]!);
        }
      }
      return output;
    }
  }
}

/**
 * One row of outputs for one observation, heads combined as the specification says.
 * @param options.onActivations told what comes out of every layer, in forward order.
 */
export function referenceForward(options: {
  network: NetworkSpecification;
  parameters: ReferenceParameters;
  observation: readonly number[];
  onActivations?: (layer: string, activations: readonly number[]) => void;
}): number[] {
  const { network, parameters, observation, onActivations } = options;
  const run = (layers: readonly PlacedLayer[], input: number[]): number[] =>
    layers.reduce((values, placed) => {
      const output = applyLayer(placed, values, parameters);
      onActivations?.(placed.layer.name, output);
      return output;
    }, input);
  const placed = placeNetwork(network);
  const features = run(placed.trunk, preprocess(network, observation));
  const heads = new Map(placed.heads.map((head) => [head.name, run(head.layers, features)]));
  if (network.combine === 'concatenate') return [...heads.values()].flat();
  const [value] = heads.get('value')!;
  const advantages = heads.get('advantage')!;
  const mean = advantages.reduce((sum, advantage) => sum + advantage, 0) / advantages.length;
  return advantages.map((advantage) => value! + advantage - mean);
}
