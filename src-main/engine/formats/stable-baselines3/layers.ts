// PyTorch's layers → ours: Linear [out, in] → [in, out], Conv2d OIHW → HWIO, and the order of flattened features.
import type { Activation, Layer } from '../../../contract/network.ts';
import { biasName, kernelName, sizeOf, type Shape } from '../../networks/shapes.ts';
import { InconsistentAgentError, UnsupportedModelError } from './errors.ts';
import type { StateDict } from './state-dict.ts';

/** Consecutive layers and their parameters. */
export interface LayerStack {
  readonly layers: readonly Layer[];
  readonly parameters: Readonly<Record<string, Float32Array>>;
}

export function joinStacks(...stacks: readonly LayerStack[]): LayerStack {
  return {
    layers: stacks.flatMap((stack) => stack.layers),
    parameters: Object.assign({}, ...stacks.map((stack) => stack.parameters)) as LayerStack['parameters'],
  };
}

/** Units of the last layer, when it is a dense one. */
export function outputsOf(stack: LayerStack): number {
  const last = stack.layers.at(-1);
  return last?.kind === 'dense' ? last.units : 0;
}

function takeBias(weights: StateDict, key: string, units: number): Float32Array {
  const bias = weights.take(`${key}.bias`, 1);
  if (bias.values.length === units) return bias.values;
  throw new InconsistentAgentError(weights.file, `"${key}" has ${units} units but ${bias.values.length} biases`);
}

/** Index among features flattened from [height, width, channels] → index among those from [channels, height, width]. */
function channelsFirst(index: number, [height, width, channels]: Shape): number {
  const channel = index % channels!;
  const position = Math.floor(index / channels!);
  return channel * height! * width! + position;
}

/**
 * A torch.nn.Linear.
 * @param options.flattened when its input was flattened from an image: that image's [height, width, channels].
 */
export function readDense(options: {
  weights: StateDict;
  key: string;
  name: string;
  activation: Activation;
  flattened?: Shape;
}): LayerStack {
  const { weights, key, name, activation, flattened } = options;
  const { shape, values } = weights.take(`${key}.weight`, 2);
  const [units, inputs] = shape as [number, number];
  if (flattened !== undefined && sizeOf(flattened) !== inputs) {
    throw new InconsistentAgentError(
      weights.file,
      `"${key}" takes ${inputs} features, but the convolutions give ${flattened.join('×')}`,
    );
  }
  const kernel = new Float32Array(values.length);
  for (let input = 0; input < inputs; input++) {
    const source = flattened === undefined ? input : channelsFirst(input, flattened);
    for (let unit = 0; unit < units; unit++) kernel[input * units + unit] = values[unit * inputs + source]!;
  }
  return {
    layers: [{ kind: 'dense', name, units, activation }],
    parameters: { [kernelName(name)]: kernel, [biasName(name)]: takeBias(weights, key, units) },
  };
}

/** A torch.nn.Conv2d without padding. */
export function readConv2d(options: {
  weights: StateDict;
  key: string;
  name: string;
  stride: number;
  activation: Activation;
}): LayerStack {
  const { weights, key, name, stride, activation } = options;
  const { shape, values } = weights.take(`${key}.weight`, 4);
  const [filters, channels, height, width] = shape as [number, number, number, number];
  const kernel = new Float32Array(values.length);
  for (let to = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        for (let filter = 0; filter < filters; filter++, to++) {
          kernel[to] = values[((filter * channels + channel) * height + y) * width + x]!;
        }
      }
    }
  }
  const strides = [stride, stride] as const;
  return {
    layers: [{ kind: 'conv2d', name, filters, kernelSize: [height, width], strides, padding: 'valid', activation }],
    parameters: { [kernelName(name)]: kernel, [biasName(name)]: takeBias(weights, key, filters) },
  };
}

/**
 * The keys of the Linear layers of a torch.nn.Sequential in which an activation follows each: `<prefix>0`, `<prefix>2`, …
 * @throws UnsupportedModelError when something else is between them, such as normalisation or dropout.
 */
export function sequentialKeys(weights: StateDict, prefix: string): string[] {
  const indices = weights.keys
    .filter((key) => key.startsWith(prefix) && key.endsWith('.weight'))
    .map((key) => Number(key.slice(prefix.length, -'.weight'.length)))
    .sort((a, b) => a - b);
  if (indices.some((index, i) => index !== 2 * i)) {
    const found = indices.map((index) => `${prefix}${index}`).join(', ');
    throw new UnsupportedModelError(weights.file, `layers other than dense ones among ${found}`);
  }
  return indices.map((index) => `${prefix}${index}`);
}

/** Dense layers `<scope>dense_1`, `<scope>dense_2`, … from the Linear layers of these keys. */
export function readHiddenLayers(options: {
  weights: StateDict;
  keys: readonly string[];
  scope: string;
  activation: Activation;
}): LayerStack {
  const { weights, keys, scope, activation } = options;
  return joinStacks(...keys.map((key, i) => readDense({ weights, key, name: `${scope}dense_${i + 1}`, activation })));
}
