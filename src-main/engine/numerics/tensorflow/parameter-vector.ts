// All parameters of a network as one vector: where each lies, and the way there and back.
import type { Parameters } from '../../networks/parameters.ts';
import {
  allLayers,
  biasName,
  kernelName,
  layerParameterShapes,
  sizeOf,
  type PlacedNetwork,
  type Shape,
} from '../../networks/shapes.ts';

export interface Segment {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly size: number;
}

/** Kernel and bias of one layer. */
export interface LayerSegments {
  readonly layer: string;
  readonly kernel: Segment;
  readonly bias: Segment;
}

/** Layers with parameters in forward order, kernel before bias. */
export interface VectorLayout {
  readonly layers: readonly LayerSegments[];
  readonly segments: readonly Segment[];
  readonly size: number;
}

export function layOut(network: PlacedNetwork): VectorLayout {
  let end = 0;
  const segment = (name: string, shape: Shape): Segment => {
    const offset = end;
    end += sizeOf(shape);
    return { name, shape, offset, size: sizeOf(shape) };
  };
  const layers: LayerSegments[] = [];
  for (const placed of allLayers(network)) {
    const shapes = layerParameterShapes(placed);
    if (shapes === null) continue;
    const { name: layer } = placed.layer;
    const kernel = segment(kernelName(layer), shapes.kernel);
    layers.push({ layer, kernel, bias: segment(biasName(layer), shapes.bias) });
  }
  return { layers, segments: layers.flatMap(({ kernel, bias }) => [kernel, bias]), size: end };
}

/** The vector of checked parameters, a copy. */
export function joinParameters({ segments, size }: VectorLayout, parameters: Parameters): Float32Array {
  const vector = new Float32Array(size);
  for (const { name, offset } of segments) vector.set(parameters[name]!, offset);
  return vector;
}

/** The parameters of a vector, copies. */
export function splitParameters({ segments }: VectorLayout, vector: Float32Array): Record<string, Float32Array> {
  return Object.fromEntries(segments.map(({ name, offset, size }) => [name, vector.slice(offset, offset + size)]));
}
