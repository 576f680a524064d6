// A network as a program: one record per layer, with all addresses filled in.
import type { Conv2dLayer, DenseLayer, MaxPoolLayer, NetworkSpecification } from '../../../contract/network.ts';
import {
  allLayers,
  windowPadding,
  type PlacedHead,
  type PlacedLayer,
  type PlacedNetwork,
} from '../../networks/shapes.ts';
import type { Buffers, Values } from './buffers.ts';
import { panelStride, roundUpTo4, type MemoryLayout } from './memory-layout.ts';
import type { PlannedSparse, Weights } from './parameter-plan.ts';
import { activationCode, Program, RECORD_BYTES } from './program.ts';

/** What the records refer to. */
export interface ProgramContext {
  readonly network: NetworkSpecification;
  readonly placed: PlacedNetwork;
  readonly layout: MemoryLayout;
  /** Panels of the largest batch. */
  readonly panels: number;
  readonly weights: ReadonlyMap<string, Weights>;
  readonly scratch: number;
  readonly lists: number;
  /** Row-major batches: observations, outputs, gradient of the outputs. */
  readonly input: number;
  readonly output: number;
  readonly outputGradient: number;
  /** Means, then inverse deviations, of the normaliser; 0 without one. */
  readonly normalizer: number;
}

const NO_INDEX: PlannedSparse = {
  ...{ starts: 0, ends: 0, offsets: 0, rowStarts: 0, rowOffsets: 0, order: 0, rowValues: 0, capacity: 0 },
};

/** Output rows of a convolution whose samples are transposed at once; as in assembly/conv2d-backward.ts. */
const linesPerBlock = (outWidth: number): number => Math.max(1, Math.floor(32 / outWidth));

/** Bytes that the backward pass of a layer needs for a moment. */
export function scratchBytes({ layer, outputShape }: PlacedLayer, panels: number): number {
  const perPanel = 8 * 16 * 4; // 8 samples of a tile's outputs
  if (layer.kind === 'dense') return panels * perPanel;
  if (layer.kind !== 'conv2d') return 0;
  const width = outputShape[1]!;
  return linesPerBlock(width) * width * perPanel;
}

/** As in assembly/lists.ts and assembly/product-tile.ts. */
const ENTRY_BYTES = 8;
const LIST_BYTES = 8 + 512 * ENTRY_BYTES;

/** Bytes of the lists that a layer may need at a time. */
export function listBytes({ layer, inputShape }: PlacedLayer, panels: number): number {
  if (layer.kind === 'dense') return Math.max(panels * LIST_BYTES, roundUpTo4(layer.units + 4) * 4);
  if (layer.kind !== 'conv2d') return 0;
  const [height, width] = layer.kernelSize;
  return height * width * Math.max(inputShape[2]!, layer.filters) * ENTRY_BYTES;
}

/** A head that is the trunk's output as it is. */
const isBare = ({ layers }: PlacedHead): boolean => layers.every(({ layer }) => layer.kind === 'flatten');

interface Step {
  readonly placed: PlacedLayer;
  readonly x: Values;
  readonly y: Values;
  /** Other heads have put their gradient of x there before. */
  readonly accumulate: boolean;
}

function addDense(program: Program, context: ProgramContext, layer: DenseLayer, { x, y, accumulate }: Step): void {
  const { kernel, bias } = context.weights.get(layer.name)!;
  program.add('dense', layer.name, {
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
    lists: context.lists,
    ...(kernel.sparse ?? NO_INDEX),
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
  const vertical = windowPadding(height, outHeight, window[0], strides[0]);
  const horizontal = windowPadding(width, outWidth, window[1], strides[1]);
  return {
    geometry: { height, width, channels, strideY: strides[0], strideX: strides[1], outHeight, outWidth },
    pad: { padTop: vertical.before, padLeft: horizontal.before },
    paddedHeight: height + vertical.total,
    paddedWidth: width + horizontal.total,
  };
}

function addConvolution(program: Program, context: ProgramContext, layer: Conv2dLayer, step: Step): void {
  const { x, y, accumulate } = step;
  const { kernel, bias } = context.weights.get(layer.name)!;
  const { geometry, pad, paddedHeight, paddedWidth } = windowFields(step.placed, layer.kernelSize, layer.strides);
  const needsBorder = paddedHeight > geometry.height || paddedWidth > geometry.width;
  const paddedStride = panelStride(paddedHeight * paddedWidth * geometry.channels * 32);
  program.add('convolution', layer.name, {
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
    lists: context.lists,
    ...pad,
    padded: needsBorder ? context.layout.take(context.panels * paddedStride) : 0,
    paddedStride,
    paddedHeight,
    paddedWidth,
  });
}

function addMaxPool(program: Program, context: ProgramContext, layer: MaxPoolLayer, step: Step): void {
  const { x, y, accumulate } = step;
  const { geometry, pad } = windowFields(step.placed, layer.poolSize, layer.strides);
  program.add('maxPool', layer.name, {
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

function addLayer(program: Program, context: ProgramContext, step: Step): void {
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

function addInput(program: Program, { network, placed, input, normalizer }: ProgramContext, y: Values): void {
  program.add('input', null, {
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

function addOutputs(
  program: Program,
  context: ProgramContext,
  outputs: ReadonlyMap<string, Values>,
  trunk: Values,
): void {
  const { network, placed, output, outputGradient } = context;
  if (network.combine === 'dueling') {
    const value = outputs.get('value')!;
    const advantage = outputs.get('advantage')!;
    program.add('dueling', null, {
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
    program.add('output', null, {
      y: y.address,
      yStride: y.stride,
      size: head.size,
      output,
      outputSize: placed.outputSize,
      offset: head.offset,
      outputGradient,
      dy: y.delta,
      accumulate: Number(y === trunk && i < placed.heads.findLastIndex(isBare)),
    });
  });
}

export function buildProgram(context: ProgramContext, { input, layers }: Buffers): Program {
  const { placed, layout } = context;
  const records = 1 + allLayers(placed).length + placed.heads.length;
  const program = new Program(layout.take(records * RECORD_BYTES));
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
  // Backward, the last head adds its gradient to nothing yet; but a bare head's is there before any layer's.
  const last = placed.heads.some(isBare) ? -1 : placed.heads.length - 1;
  const outputs = new Map(placed.heads.map((head, i) => [head.name, run(head.layers, trunk, i !== last)]));
  addOutputs(program, context, outputs, trunk);
  return program;
}
