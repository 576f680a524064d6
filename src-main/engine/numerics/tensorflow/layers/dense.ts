// y = activation(x·kernel + bias).
import type { Tensor } from '@tensorflow/tfjs-core';
import type { DenseLayer } from '../../../../contract/network.ts';
import type { Tensorflow } from '../session.ts';
import { activate, activationGradient } from './activation.ts';
import type { BackwardOptions, LayerGradients, LayerTape, Weights } from './layer-tape.ts';

/** [batch, inputs] → [batch, units] */
export function denseForward(tf: Tensorflow, layer: DenseLayer, input: Tensor, { kernel, bias }: Weights): Tensor {
  const z = tf.fused.matMul({ a: input, b: kernel, bias });
  return activate(tf, layer.activation, z);
}

/**
 * ∂L/∂kernel = xᵀ·δ, ∂L/∂bias = Σ δ over the batch, ∂L/∂x = δ·kernelᵀ, with δ = ∂L/∂z.
 * Transposes are written out: the WebAssembly engine multiplies some ten times faster without its transpose flags.
 */
export function denseBackward(
  tf: Tensorflow,
  layer: DenseLayer,
  { input, output }: LayerTape,
  { kernel }: Weights,
  outputGradient: Tensor,
  { inputGradient }: BackwardOptions,
): LayerGradients {
  const delta = activationGradient(tf, layer.activation, output, outputGradient);
  return {
    weights: { kernel: tf.matMul(tf.transpose(input), delta), bias: tf.sum(delta, 0) },
    // (kernel·δᵀ)ᵀ rather than δ·kernelᵀ: transposing batches is cheaper than transposing wide kernels.
    input: inputGradient ? tf.transpose(tf.matMul(kernel, tf.transpose(delta))) : null,
  };
}
