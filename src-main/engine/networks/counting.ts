// How large a network is: prunable weights, units, multiply-accumulates.
import type { NetworkSpecification } from '../../contract/network.ts';
import type { Masks, Parameters } from './parameters.ts';
import {
  allLayers,
  kernelName,
  layerParameterShapes,
  placeNetwork,
  sizeOf,
  type PlacedLayer,
  type Shape,
} from './shapes.ts';

export interface LayerCount {
  readonly name: string;
  readonly kind: 'dense' | 'conv2d';
  readonly kernelShape: Shape;
  /** Entries of the kernel; biases are not prunable and not counted. */
  readonly weights: number;
  readonly nonzeroWeights: number;
  /** Neurons or channels. */
  readonly units: number;
  /** Multiply-accumulates of one forward pass, zeros included. */
  readonly macs: number;
  /** Multiply-accumulates with nonzero weights only: what a sparse runtime would do. */
  readonly nonzeroMacs: number;
}

export interface NetworkCount {
  readonly layers: readonly LayerCount[];
  readonly weights: number;
  readonly nonzeroWeights: number;
  /** Biases included. */
  readonly parameters: number;
  /** Units of all layers but the last of each head. */
  readonly hiddenUnits: number;
  readonly macs: number;
  readonly nonzeroMacs: number;
}

function countLayer(placed: PlacedLayer, parameters: Parameters, masks: Masks): LayerCount | null {
  const shapes = layerParameterShapes(placed);
  const { layer, outputShape } = placed;
  if (shapes === null || (layer.kind !== 'dense' && layer.kind !== 'conv2d')) return null;
  const name = kernelName(layer.name);
  const values = parameters[name]!;
  const mask = masks[name];
  let nonzeroWeights = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0 && mask?.[i] !== 0) nonzeroWeights++;
  const weights = sizeOf(shapes.kernel);
  const positions = layer.kind === 'conv2d' ? outputShape[0]! * outputShape[1]! : 1;
  return {
    name: layer.name,
    kind: layer.kind,
    kernelShape: shapes.kernel,
    weights,
    nonzeroWeights,
    units: sizeOf(shapes.bias),
    macs: weights * positions,
    nonzeroMacs: nonzeroWeights * positions,
  };
}

/** Counts of a whole network and of each of its layers. */
export function countNetwork(network: NetworkSpecification, parameters: Parameters, masks: Masks = {}): NetworkCount {
  const placed = placeNetwork(network);
  const layers = allLayers(placed)
    .map((layer) => countLayer(layer, parameters, masks))
    .filter((count) => count !== null);
  const outputLayers = new Set(placed.heads.map((head) => head.layers.at(-1)?.layer.name));
  const sum = (of: (layer: LayerCount) => number): number => layers.reduce((total, layer) => total + of(layer), 0);
  return {
    layers,
    weights: sum((layer) => layer.weights),
    nonzeroWeights: sum((layer) => layer.nonzeroWeights),
    parameters: sum((layer) => layer.weights + layer.units),
    hiddenUnits: sum((layer) => (outputLayers.has(layer.name) ? 0 : layer.units)),
    macs: sum((layer) => layer.macs),
    nonzeroMacs: sum((layer) => layer.nonzeroMacs),
  };
}
