// One layer of a network as ONNX operators.
import type { Activation } from '../../../contract/network.ts';
import type { Parameters } from '../../networks/parameters.ts';
import { biasName, kernelName, layerParameterShapes, type PlacedLayer, type Shape } from '../../networks/shapes.ts';
import type { GraphBuilder, GraphValue } from './graph-builder.ts';

const OPERATORS: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  relu: 'Relu',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
};

function activate(graph: GraphBuilder, activation: Activation, layer: string, input: string): string {
  return activation === 'linear' ? input : graph.add(OPERATORS[activation], `${layer}.${activation}`, [input]);
}

/** [top, left, bottom, right] of a window, as TensorFlow pads: what is odd goes to the bottom and the right. */
function paddingOf(options: {
  placed: PlacedLayer;
  window: readonly [number, number];
  strides: readonly [number, number];
  padding: 'valid' | 'same';
}): number[] {
  const { placed, window, strides, padding } = options;
  const totals = ([0, 1] as const).map((axis) => {
    if (padding === 'valid') return 0;
    const covered = (placed.outputShape[axis]! - 1) * strides[axis] + window[axis];
    return Math.max(0, covered - placed.inputShape[axis]!);
  });
  return [...totals.map((total) => Math.floor(total / 2)), ...totals.map((total) => Math.ceil(total / 2))];
}

/** [height, width, channels, filters] → [filters, channels, height, width]. */
export function toOihw(kernel: Float32Array, [height, width, channels, filters]: Shape): Float32Array {
  const positions = height! * width!;
  const result = new Float32Array(kernel.length);
  for (let from = 0; from < kernel.length; from++) {
    const filter = from % filters!;
    const channel = Math.floor(from / filters!) % channels!;
    const position = Math.floor(from / (filters! * channels!));
    result[(filter * channels! + channel) * positions + position] = kernel[from]!;
  }
  return result;
}

/** Adds a layer behind `input`. @returns its output. */
export function addLayer(options: {
  graph: GraphBuilder;
  placed: PlacedLayer;
  input: GraphValue;
  parameters: Parameters;
}): GraphValue {
  const { graph, placed, input, parameters } = options;
  const { layer, outputShape: shape } = placed;
  const shapes = layerParameterShapes(placed);
  const constants = (kernelShape: Shape, kernel: Float32Array): string[] => [
    graph.constant(kernelName(layer.name), kernelShape, kernel),
    graph.constant(biasName(layer.name), shapes!.bias, parameters[biasName(layer.name)]!),
  ];
  switch (layer.kind) {
    case 'dense': {
      const operands = [input.name, ...constants(shapes!.kernel, parameters[kernelName(layer.name)]!)];
      const sum = graph.add('Gemm', `${layer.name}.gemm`, operands);
      return { name: activate(graph, layer.activation, layer.name, sum), shape, channelsFirst: false };
    }
    case 'conv2d': {
      const [height, width, channels, filters] = shapes!.kernel as [number, number, number, number];
      const kernel = toOihw(parameters[kernelName(layer.name)]!, shapes!.kernel);
      const { name } = graph.withLayout(input, true, layer.name);
      const operands = [name, ...constants([filters, channels, height, width], kernel)];
      const { strides, padding } = layer;
      const pads = paddingOf({ placed, window: layer.kernelSize, strides, padding });
      const sum = graph.add('Conv', `${layer.name}.conv`, operands, { kernel_shape: layer.kernelSize, strides, pads });
      return { name: activate(graph, layer.activation, layer.name, sum), shape, channelsFirst: true };
    }
    case 'max-pool': {
      const { name } = graph.withLayout(input, true, layer.name);
      const { strides, padding } = layer;
      const pads = paddingOf({ placed, window: layer.poolSize, strides, padding });
      const pooled = graph.add('MaxPool', `${layer.name}.max_pool`, [name], {
        kernel_shape: layer.poolSize,
        strides,
        pads,
      });
      return { name: pooled, shape, channelsFirst: true };
    }
    case 'flatten': {
      const { name } = graph.withLayout(input, false, layer.name);
      return { name: graph.add('Flatten', `${layer.name}.flatten`, [name], { axis: 1 }), shape, channelsFirst: false };
    }
  }
}
