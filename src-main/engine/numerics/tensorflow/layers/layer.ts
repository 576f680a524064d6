// One layer forward and backward; each kind has its own file.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { PlacedLayer } from '../../../networks/shapes.ts';
import type { Tensorflow } from '../session.ts';
import { conv2dBackward, conv2dForward } from './conv2d.ts';
import { denseBackward, denseForward } from './dense.ts';
import type { BackwardOptions, LayerGradients, LayerTape, Weights } from './layer-tape.ts';
import { maxPoolBackward, maxPoolForward } from './max-pool.ts';

/** @param weights absent exactly for layers without parameters. */
export function layerForward(tf: Tensorflow, placed: PlacedLayer, input: Tensor, weights: Weights | undefined): Tensor {
  const { layer, outputShape } = placed;
  switch (layer.kind) {
    case 'dense':
      return denseForward(tf, layer, input, weights!);
    case 'conv2d':
      return conv2dForward(tf, layer, placed, input, weights!);
    case 'max-pool':
      return maxPoolForward(tf, layer, input);
    case 'flatten':
      return tf.reshape(input, [-1, ...outputShape]);
  }
}

/** @param outputGradient ∂L/∂output, [batch, ...outputShape]. */
export function layerBackward(
  tf: Tensorflow,
  tape: LayerTape,
  weights: Weights | undefined,
  outputGradient: Tensor,
  options: BackwardOptions,
): LayerGradients {
  const { layer, inputShape } = tape.placed;
  switch (layer.kind) {
    case 'dense':
      return denseBackward(tf, layer, tape, weights!, outputGradient, options);
    case 'conv2d':
      return conv2dBackward(tf, layer, tape, weights!, outputGradient, options);
    case 'max-pool':
      return { input: options.inputGradient ? maxPoolBackward(tf, layer, tape, outputGradient) : null, weights: null };
    case 'flatten':
      return { input: tf.reshape(outputGradient, [-1, ...inputShape]), weights: null };
  }
}
