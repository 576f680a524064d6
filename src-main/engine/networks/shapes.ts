// Shapes that follow from a network's specification: of every layer's output, of every parameter, of the output row.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Layer, NetworkSpecification } from '../../contract/network.ts';
import type { Parameters } from './parameters.ts';

/** A layer that cannot follow what is before it, or a name used twice. */
export class NetworkShapeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(layer: string, problem: string) {
    super(
      `layer "${layer}": ${problem}`,
      'The network of this file is inconsistent; check the architecture it claims.',
    );
  }
}

/** A parameter that is missing, not expected, or of another length than the network needs. */
export class ParameterShapeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(parameter: string, problem: string) {
    super(
      `parameter "${parameter}": ${problem}`,
      'The weights do not belong to this network; check that the file is whole.',
    );
  }
}

export type Shape = readonly number[];

/** A layer in its place: what goes in and what comes out, batch dimension left out. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

export interface PlacedHead {
  readonly name: string;
  readonly layers: readonly PlacedLayer[];
  /** Where the head's output begins in the concatenated row, and how long it is. */
  readonly offset: number;
  readonly size: number;
}

export interface PlacedNetwork {
  readonly inputSize: number;
  readonly trunk: readonly PlacedLayer[];
  readonly heads: readonly PlacedHead[];
  /** Length of one row of `NetworkInstance.forward`: all heads, or the advantages of a dueling network. */
  readonly outputSize: number;
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** Output length of a window (kernel or pool) along one axis; `same` as TensorFlow: ceil(in / stride). */
export function windowOutput(input: number, window: number, stride: number, padding: 'valid' | 'same'): number {
  return padding === 'same' ? Math.ceil(input / stride) : Math.floor((input - window) / stride) + 1;
}

/** Cells that `same` padding adds before an axis and in all (TensorFlow: the odd one after); none where windows fit. */
export function windowPadding(
  input: number,
  output: number,
  window: number,
  stride: number,
): { before: number; total: number } {
  const total = Math.max((output - 1) * stride + window - input, 0);
  return { before: Math.floor(total / 2), total };
}

function outputShapeOf(layer: Layer, input: Shape): Shape {
  switch (layer.kind) {
    case 'dense':
      if (input.length !== 1)
        throw new NetworkShapeError(layer.name, `a dense layer needs a flat input, got [${input.join(', ')}]`);
      return [layer.units];
    case 'flatten':
      return [sizeOf(input)];
    case 'conv2d':
    case 'max-pool': {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels === undefined) {
        throw new NetworkShapeError(layer.name, `needs [height, width, channels], got [${input.join(', ')}]`);
      }
      const window = layer.kind === 'conv2d' ? layer.kernelSize : layer.poolSize;
      const rows = windowOutput(height, window[0], layer.strides[0], layer.padding);
      const columns = windowOutput(width, window[1], layer.strides[1], layer.padding);
      if (rows < 1 || columns < 1) {
        throw new NetworkShapeError(
          layer.name,
          `its window ${window.join('×')} is larger than its input ${height}×${width}`,
        );
      }
      return [rows, columns, layer.kind === 'conv2d' ? layer.filters : channels];
    }
  }
}

function place(layers: readonly Layer[], input: Shape): PlacedLayer[] {
  let shape = input;
  return layers.map((layer) => {
    const placed = { layer, inputShape: shape, outputShape: outputShapeOf(layer, shape) };
    shape = placed.outputShape;
    return placed;
  });
}

/**
 * Every layer of a network with its shapes.
 * @throws NetworkShapeError
 */
export function placeNetwork(network: NetworkSpecification): PlacedNetwork {
  const trunk = place(network.trunk, network.input.shape);
  const trunkOutput = trunk.at(-1)?.outputShape ?? network.input.shape;
  let offset = 0;
  const heads = network.heads.map((head): PlacedHead => {
    const layers = place(head.layers, trunkOutput);
    const size = sizeOf(layers.at(-1)?.outputShape ?? trunkOutput);
    const placed = { name: head.name, layers, offset, size };
    offset += size;
    return placed;
  });
  const seen = new Set<string>();
  for (const { layer } of [...trunk, ...heads.flatMap((head) => head.layers)]) {
    if (seen.has(layer.name)) throw new NetworkShapeError(layer.name, 'the name is used twice');
    seen.add(layer.name);
  }
  let outputSize = offset;
  if (network.combine === 'dueling') {
    const value = heads.find((head) => head.name === 'value');
    const advantage = heads.find((head) => head.name === 'advantage');
    if (heads.length !== 2 || value?.size !== 1 || advantage === undefined) {
      throw new NetworkShapeError('value', 'a dueling network has the heads value (one output) and advantage');
    }
    outputSize = advantage.size;
  }
  return { inputSize: sizeOf(network.input.shape), trunk, heads, outputSize };
}

/** All layers in forward order, trunk first. */
export function allLayers(placed: PlacedNetwork): PlacedLayer[] {
  return [...placed.trunk, ...placed.heads.flatMap((head) => head.layers)];
}

/** Shapes of a layer's kernel and bias; null for a layer without parameters. */
export function layerParameterShapes({ layer, inputShape }: PlacedLayer): { kernel: Shape; bias: Shape } | null {
  switch (layer.kind) {
    case 'dense':
      return { kernel: [inputShape[0]!, layer.units], bias: [layer.units] };
    case 'conv2d':
      return { kernel: [...layer.kernelSize, inputShape[2]!, layer.filters], bias: [layer.filters] };
    case 'flatten':
    case 'max-pool':
      return null;
  }
}

export const kernelName = (layer: string): string => `${layer}/kernel`;
export const biasName = (layer: string): string => `${layer}/bias`;

/** Parameter name → shape, in forward order, kernel before bias. */
export function parameterShapes(network: NetworkSpecification): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const placed of allLayers(placeNetwork(network))) {
    const layerShapes = layerParameterShapes(placed);
    if (layerShapes === null) continue;
    shapes[kernelName(placed.layer.name)] = layerShapes.kernel;
    shapes[biasName(placed.layer.name)] = layerShapes.bias;
  }
  return shapes;
}

/**
 * Exactly the parameters that the network needs, each of the right length.
 * @throws ParameterShapeError
 */
export function checkParameters(network: NetworkSpecification, parameters: Parameters): void {
  const shapes = parameterShapes(network);
  for (const [name, shape] of Object.entries(shapes)) {
    const values = parameters[name];
    if (values === undefined) throw new ParameterShapeError(name, 'is missing');
    if (values.length !== sizeOf(shape)) {
      throw new ParameterShapeError(name, `has ${values.length} values, the network needs [${shape.join(', ')}]`);
    }
  }
  for (const name of Object.keys(parameters)) {
    if (shapes[name] === undefined) throw new ParameterShapeError(name, 'is not part of the network');
  }
}
