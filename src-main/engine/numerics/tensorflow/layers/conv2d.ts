// y = activation(x ⋆ kernel + bias), NHWC with HWIO kernels.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Conv2dLayer } from '../../../../contract/network.ts';
import type { PlacedLayer } from '../../../networks/shapes.ts';
import type { Tensorflow } from '../session.ts';
import { activate, activationGradient } from './activation.ts';
import { composedInputGradient, composedKernelGradient } from './conv2d-composed.ts';
import type { BackwardOptions, LayerGradients, LayerTape, Weights } from './layer-tape.ts';
import { applyMargins, croppingOf, windowMargins } from './window-geometry.ts';

/** [batch, height, width, channels] → [batch, rows, columns, filters] */
export function conv2dForward(
  tf: Tensorflow,
  layer: Conv2dLayer,
  placed: PlacedLayer,
  input: Tensor,
  { kernel, bias }: Weights,
): Tensor {
  const z = tf.fused.conv2d({
    // What no window covers has to go: with `same` padding the WebAssembly engine miscounts it and answers zeros.
    x: applyMargins(tf, input, croppingOf(windowMargins(layer, placed))),
    filter: kernel as Tensor4D,
    strides: [...layer.strides],
    pad: layer.padding,
    bias,
  });
  return activate(tf, layer.activation, z);
}

/** Gradients by the engine's own kernels where it has them, else composed of convolutions. */
export function conv2dBackward(
  tf: Tensorflow,
  layer: Conv2dLayer,
  tape: LayerTape,
  { kernel }: Weights,
  outputGradient: Tensor,
  { inputGradient }: BackwardOptions,
): LayerGradients {
  const delta = activationGradient(tf, layer.activation, tape.output, outputGradient);
  const bias = tf.sum(delta, [0, 1, 2]);
  if (!hasGradientKernels(tf)) {
    return {
      weights: { kernel: composedKernelGradient(tf, layer, tape, delta), bias },
      input: inputGradient ? composedInputGradient(tf, layer, tape, kernel, delta) : null,
    };
  }
  const attributes = { strides: [...layer.strides], pad: layer.padding, dataFormat: 'NHWC' };
  const { input } = tape;
  const run = (name: string, inputs: Record<string, Tensor>, shape: Record<string, number[]>): Tensor =>
    tf.engine().runKernel(name, inputs, { ...attributes, ...shape });
  return {
    weights: {
      kernel: run(tf.Conv2DBackpropFilter, { x: input, dy: delta }, { filterShape: kernel.shape }),
      bias,
    },
    input: inputGradient
      ? run(tf.Conv2DBackpropInput, { dy: delta, filter: kernel }, { inputShape: input.shape })
      : null,
  };
}

/** The WebAssembly engine has none for the filter, and one for the input that is slower than what is composed. */
const hasGradientKernels = (tf: Tensorflow): boolean =>
  tf.getKernelsForBackend(tf.getBackend()).some(({ kernelName }) => kernelName === tf.Conv2DBackpropFilter);
