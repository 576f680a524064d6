// A whole network laid out in memory: its parameters, its buffers and the programs that the kernels run on them.
import type { Conv2dLayer, DenseLayer, MaxPoolLayer, NetworkSpecification } from '../../../contract/network.ts';
import { allLayers, placeNetwork, type PlacedLayer, type PlacedNetwork } from '../../networks/shapes.ts';
import { inferenceBuffers, tapeBuffers, type Buffers, type Values } from './buffers.ts';
import { MemoryLayout, panelStride, roundUpTo4, samplePanels } from './memory-layout.ts';
import { layoutParameters, type ParameterLayout } from './parameter-layout.ts';
import { activationCode, Program } from './program.ts';

/** A parameter and what belongs to it; addresses of equally laid out arrays, 0 for what there is not. */
export interface PlannedParameter {
  readonly layout: ParameterLayout;
  readonly w: number;
  readonly gradient: number;
  /** Optimizer slots: running mean, running mean of squares. */
  readonly m: number;
  readonly v: number;
  readonly mask: number;
}

export interface PlannedProgram {
  readonly program: Program;
  readonly address: number;
}

export interface NetworkPlan {
  readonly placed: PlacedNetwork;
  readonly bytes: number;
  /** Row-major batches: observations, outputs, gradient of the outputs. */
  readonly input: number;
  readonly output: number;
  readonly outputGradient: number;
  /** Means, then inverse deviations, of the normaliser; 0 without one. */
  readonly normalizer: number;
  /** In forward order, kernel before bias. */
  readonly parameters: readonly PlannedParameter[];
  /** The table of parameters that the optimizers walk. */
  readonly parameterTable: number;
  readonly tape: Buffers;
  /** Keeps every layer's values; `backward` walks it the other way. */
  readonly taped: PlannedProgram;
  /** Keeps nothing; leaves the tape alone. */
  readonly inference: PlannedProgram;
}

/** Bytes of one entry of the parameter table. */
export const PARAMETER_RECORD_BYTES = 32;

interface Weights {
  readonly kernel: PlannedParameter;
  readonly bias: PlannedParameter;
}

interface Context {
  readonly network: NetworkSpecification;
  readonly placed: PlacedNetwork;
  readonly layout: MemoryLayout;
  readonly panels: number;
  readonly weights: ReadonlyMap<string, Weights>;
  readonly scratch: number;
  readonly input: number;
  readonly output: number;
  readonly outputGradient: number;
  readonly normalizer: number;
}

/** Cells that `same` padding adds before and after an axis (TensorFlow: the odd one after). */
function padding(input: number, output: number, window: number, stride: number): { before: number; total: number } {
  const total = Math.max((output - 1) * stride + window - input, 0);
  return { before: Math.floor(total / 2), total };
}

/** Output rows of a convolution whose samples are transposed at once; as in assembly/conv2d-backward.ts. */
const linesPerBlock = (outWidth: number): number => Math.max(1, Math.floor(32 / outWidth));

/** Bytes that the backward pass of a layer needs for a moment. */
function scratchBytes({ layer, outputShape }: PlacedLayer, panels: number): number {
  if (layer.kind === 'dense') return panels * 256;
  if (layer.kind !== 'conv2d') return 0;
  const width = outputShape[1]!;
  return Math.ceil(layer.filters / 8) * linesPerBlock(width) * width * 256;
}

interface Step {
  readonly placed: PlacedLayer;
  readonly x: Values;
  readonly y: Values;
  /** Other heads come after this one in the forward order, so their gradients are there before. */
  readonly accumulate: boolean;
}

function addDense(program: Program, context: Context, layer: DenseLayer, { x, y, accumulate }: Step): void {
  const { kernel, bias } = context.weights.get(layer.name)!;
  program.add('dense', {
    x: x.address,
    xStride: x.stride,
    rows: roundUpTo4(x.features),
    w: kernel.w,
    wStride: kernel.layout.stride,
    bias: bias.w,
    y: y.address,
    yStride: y.stride,
    units: layer.units,
    activation: activationCode(layer.activation),
    dw: kernel.gradient,
    dbias: bias.gradient,
    dy: y.delta,
    dx: x.delta,
    accumulate: Number(accumulate),
    scratch: context.scratch,
  });
}

/** Geometry that convolutions and pools share. */
function windowFields(
  { inputShape, outputShape }: PlacedLayer,
  window: readonly [number, number],
  strides: readonly [number, number],
) {
  const [height, width, channels] = inputShape as [number, number, number];
  const [outHeight, outWidth] = outputShape as [number, number, number];
  const vertical = padding(height, outHeight, window[0], strides[0]);
  const horizontal = padding(width, outWidth, window[1], strides[1]);
  return {
    geometry: { height, width, channels, strideY: strides[0], strideX: strides[1], outHeight, outWidth },
    pad: { padTop: vertical.before, padLeft: horizontal.before },
    paddedHeight: height + vertical.total,
    paddedWidth: width + horizontal.total,
  };
}

function addConvolution(program: Program, context: Context, layer: Conv2dLayer, step: Step): void {
  const { x, y, accumulate } = step;
  const { kernel, bias } = context.weights.get(layer.name)!;
  const { geometry, pad, paddedHeight, paddedWidth } = windowFields(step.placed, layer.kernelSize, layer.strides);
  const needsBorder = paddedHeight > geometry.height || paddedWidth > geometry.width;
  const paddedStride = panelStride(paddedHeight * paddedWidth * geometry.channels * 32);
  program.add('convolution', {
    x: x.address,
    xStride: x.stride,
    ...geometry,
    kernelHeight: layer.kernelSize[0],
    kernelWidth: layer.kernelSize[1],
    filters: layer.filters,
    w: kernel.w,
    wStride: kernel.layout.stride,
    bias: bias.w,
    y: y.address,
    yStride: y.stride,
    activation: activationCode(layer.activation),
    dw: kernel.gradient,
    dbias: bias.gradient,
    dy: y.delta,
    dx: x.delta,
    accumulate: Number(accumulate),
    scratch: context.scratch,
    ...pad,
    padded: needsBorder ? context.layout.take(context.panels * paddedStride) : 0,
    paddedStride,
    paddedHeight,
    paddedWidth,
  });
}

function addMaxPool(program: Program, context: Context, layer: MaxPoolLayer, step: Step): void {
  const { x, y, accumulate } = step;
  const { geometry, pad } = windowFields(step.placed, layer.poolSize, layer.strides);
  program.add('maxPool', {
    x: x.address,
    xStride: x.stride,
    ...geometry,
    poolHeight: layer.poolSize[0],
    poolWidth: layer.poolSize[1],
    y: y.address,
    yStride: y.stride,
    ...pad,
    argmax: y.delta === 0 ? 0 : context.layout.take(context.panels * y.stride),
    dy: y.delta,
    dx: x.delta,
    accumulate: Number(accumulate),
  });
}

function addLayer(program: Program, context: Context, step: Step): void {
  const { layer } = step.placed;
  switch (layer.kind) {
    case 'dense':
      addDense(program, context, layer, step);
      return;
    case 'conv2d':
      addConvolution(program, context, layer, step);
      return;
    case 'max-pool':
      addMaxPool(program, context, layer, step);
      return;
    case 'flatten': // the same values, seen as a vector
      return;
  }
}

function addInput(program: Program, { network, placed, input, normalizer }: Context, y: Values): void {
  program.add('input', {
    source: input,
    y: y.address,
    yStride: y.stride,
    size: placed.inputSize,
    scale: network.input.scale,
    mean: normalizer,
    inverse: normalizer + 4 * placed.inputSize,
    clip: network.input.normalizer?.clip ?? 0,
  });
}

function addOutputs(program: Program, context: Context, outputs: ReadonlyMap<string, Values>, trunk: Values): void {
  const { network, placed, output, outputGradient } = context;
  if (network.combine === 'dueling') {
    const value = outputs.get('value')!;
    const advantage = outputs.get('advantage')!;
    program.add('dueling', {
      value: value.address,
      valueStride: value.stride,
      advantage: advantage.address,
      advantageStride: advantage.stride,
      output,
      actions: placed.outputSize,
      outputGradient,
      dvalue: value.delta,
      dadvantage: advantage.delta,
    });
    return;
  }
  placed.heads.forEach((head, i) => {
    const y = outputs.get(head.name)!;
    program.add('output', {
      y: y.address,
      yStride: y.stride,
      size: head.size,
      output,
      outputSize: placed.outputSize,
      offset: head.offset,
      outputGradient,
      dy: y.delta,
      accumulate: Number(y === trunk && i < placed.heads.length - 1),
    });
  });
}

function buildProgram(context: Context, { input, layers }: Buffers): PlannedProgram {
  const { placed, layout } = context;
  const program = new Program();
  addInput(program, context, input);
  const run = (chain: readonly PlacedLayer[], from: Values, accumulate: boolean): Values => {
    let x = from;
    for (const layer of chain) {
      const y = layers.get(layer.layer.name)!;
      addLayer(program, context, { placed: layer, x, y, accumulate: accumulate && x === from });
      x = y;
    }
    return x;
  };
  const trunk = run(placed.trunk, input, false);
  const outputs = new Map(
    placed.heads.map((head, i) => [head.name, run(head.layers, trunk, i < placed.heads.length - 1)]),
  );
  addOutputs(program, context, outputs, trunk);
  return { program, address: layout.take(program.bytes) };
}

function planParameters(
  placed: PlacedNetwork,
  layout: MemoryLayout,
  training: boolean,
): { list: PlannedParameter[]; byLayer: Map<string, Weights> } {
  const place = (parameter: ParameterLayout): PlannedParameter => {
    const take = (needed: boolean): number => (needed ? layout.take(parameter.bytes) : 0);
    return {
      layout: parameter,
      w: take(true),
      gradient: take(training),
      m: take(training),
      v: take(training),
      mask: take(training),
    };
  };
  const byLayer = new Map<string, Weights>();
  for (const layer of allLayers(placed)) {
    const layouts = layoutParameters(layer);
    if (layouts === null) continue;
    byLayer.set(layer.layer.name, { kernel: place(layouts.kernel), bias: place(layouts.bias) });
  }
  return { list: [...byLayer.values()].flatMap(({ kernel, bias }) => [kernel, bias]), byLayer };
}

/** Lays out a network for batches up to `maxBatch`; `training` adds gradients and what optimizers remember. */
export function planNetwork({
  network,
  maxBatch,
  training,
}: {
  readonly network: NetworkSpecification;
  readonly maxBatch: number;
  readonly training: boolean;
}): NetworkPlan {
  const placed = placeNetwork(network);
  const layout = new MemoryLayout();
  const panels = samplePanels(maxBatch);
  const parameters = planParameters(placed, layout, training);
  const scratch = Math.max(...allLayers(placed).map((layer) => scratchBytes(layer, panels)));
  // Panels of 8 samples are read whole, also where the batch ends.
  const context: Context = {
    network,
    placed,
    layout,
    panels,
    weights: parameters.byLayer,
    scratch: training ? layout.take(scratch) : 0,
    input: layout.take(panels * 8 * placed.inputSize * 4),
    output: layout.take(panels * 8 * placed.outputSize * 4),
    outputGradient: training ? layout.take(panels * 8 * placed.outputSize * 4) : 0,
    normalizer: network.input.normalizer === undefined ? 0 : layout.take(2 * placed.inputSize * 4),
  };
  const tape = tapeBuffers(placed, layout, { maxBatch, deltas: training });
  const taped = buildProgram(context, tape);
  const inference = buildProgram(context, inferenceBuffers(placed, layout, maxBatch));
  const parameterTable = layout.take(parameters.list.length * PARAMETER_RECORD_BYTES);
  const { input, output, outputGradient, normalizer } = context;
  return {
    placed,
    bytes: layout.bytes,
    input,
    output,
    outputGradient,
    normalizer,
    parameters: parameters.list,
    parameterTable,
    tape,
    taped,
    inference,
  };
}
