// Layers of a network, its preprocessing and its combination of heads as Keras layers that tfjs-layers has built in.
import type { Layer, NetworkSpecification, Normalizer } from '../../../contract/network.ts';
import type { Parameters } from '../../networks/parameters.ts';
import {
  biasName,
  kernelName,
  layerParameterShapes,
  sizeOf,
  type PlacedLayer,
  type Shape,
} from '../../networks/shapes.ts';
import type { KerasWeight, TopologyBuilder } from './topology.ts';

/** Layers' names have slashes, which Keras 3 refuses. They have no hyphens: what is named with one here is ours. */
const kerasName = (layer: Layer): string => layer.name.replaceAll('/', '.');

const constant = (name: string, values: readonly number[]): KerasWeight => ({
  name,
  shape: [values.length],
  values: Float32Array.from(values),
});

/**
 * clip((x − mean) / sqrt(variance + epsilon), ±clip) of a flat input. Batch normalisation with fixed statistics is the
 * affine part. Keras has no clip, but min(relu(x), c) − min(relu(−x), c) is the same, and exact.
 */
function addNormalizer(topology: TopologyBuilder, normalizer: Normalizer, input: string): string {
  const { mean, variance, epsilon, clip } = normalizer;
  const standardized = topology.add({
    className: 'BatchNormalization',
    name: 'input-standardized',
    inputs: [input],
    config: { axis: -1, epsilon, center: false, scale: false },
    weights: [constant('moving_mean', mean), constant('moving_variance', variance)],
  });
  const negate = (name: string, from: string): string =>
    topology.add({ className: 'Rescaling', name, inputs: [from], config: { scale: -1, offset: 0 } });
  const limit = (name: string, from: string): string =>
    topology.add({ className: 'ReLU', name, inputs: [from], config: { max_value: clip } });
  const positive = limit('input-positive', standardized);
  const negative = limit('input-negative', negate('input-negated', standardized));
  return topology.add({
    className: 'Add',
    name: 'input-clipped',
    inputs: [positive, negate('input-negative-part', negative)],
  });
}

const reshape = (topology: TopologyBuilder, name: string, input: string, shape: Shape): string =>
  topology.add({ className: 'Reshape', name, inputs: [input], config: { target_shape: shape } });

/** Scaling and normaliser; a normaliser is elementwise, batch normalisation works on one axis: hence the reshaping. */
export function addPreprocessing(
  topology: TopologyBuilder,
  { shape, scale, normalizer }: NetworkSpecification['input'],
  input: string,
): string {
  let last = input;
  if (scale !== 1) {
    last = topology.add({ className: 'Rescaling', name: 'input-scaled', inputs: [last], config: { scale, offset: 0 } });
  }
  if (normalizer === undefined) return last;
  if (shape.length === 1) return addNormalizer(topology, normalizer, last);
  const flat = reshape(topology, 'input-flat', last, [sizeOf(shape)]);
  return reshape(topology, 'input-normalized', addNormalizer(topology, normalizer, flat), shape);
}

/** Adds a layer behind `input`. @returns its name. */
export function addLayer(options: {
  topology: TopologyBuilder;
  placed: PlacedLayer;
  input: string;
  parameters: Parameters;
}): string {
  const { topology, placed, input, parameters } = options;
  const { layer } = placed;
  const name = kerasName(layer);
  const shapes = layerParameterShapes(placed);
  const weights: KerasWeight[] =
    shapes === null
      ? []
      : [
          { name: 'kernel', shape: shapes.kernel, values: parameters[kernelName(layer.name)]! },
          { name: 'bias', shape: shapes.bias, values: parameters[biasName(layer.name)]! },
        ];
  const add = (className: string, config: Readonly<Record<string, unknown>>): string =>
    topology.add({ className, name, inputs: [input], config, weights });
  switch (layer.kind) {
    case 'dense':
      return add('Dense', { units: layer.units, activation: layer.activation, use_bias: true });
    case 'conv2d': {
      const { filters, kernelSize, strides, padding, activation } = layer;
      const window = { filters, kernel_size: kernelSize, strides, padding, data_format: 'channels_last' };
      return add('Conv2D', { ...window, dilation_rate: [1, 1], activation, use_bias: true });
    }
    case 'max-pool': {
      const { poolSize, strides, padding } = layer;
      return add('MaxPooling2D', { pool_size: poolSize, strides, padding, data_format: 'channels_last' });
    }
    case 'flatten':
      return add('Flatten', { data_format: 'channels_last' });
  }
}

/** V + A − mean(A): linear in (V, A₁, …, Aₙ), so one dense layer with fixed weights computes it. */
export function addDueling(topology: TopologyBuilder, value: string, advantage: string, actions: number): string {
  const both = topology.add({
    className: 'Concatenate',
    name: 'dueling-streams',
    inputs: [value, advantage],
    config: { axis: -1 },
  });
  const kernel = Float32Array.from({ length: (1 + actions) * actions }, (_, i) => {
    const row = Math.floor(i / actions);
    return row === 0 ? 1 : (row - 1 === i % actions ? 1 : 0) - 1 / actions;
  });
  return topology.add({
    className: 'Dense',
    name: 'dueling-combined',
    inputs: [both],
    config: { units: actions, activation: 'linear', use_bias: false, trainable: false },
    weights: [{ name: 'kernel', shape: [1 + actions, actions], values: kernel }],
  });
}
