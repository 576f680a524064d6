// The largest value under a window, per channel; padding never wins.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { MaxPoolLayer } from '../../../../contract/network.ts';
import type { Tensorflow } from '../session.ts';
import type { LayerTape } from './layer-tape.ts';
import { applyMargins, oppositeOf, spread, windowMargins } from './window-geometry.ts';

/** [batch, height, width, channels] → [batch, rows, columns, channels] */
export function maxPoolForward(tf: Tensorflow, { poolSize, strides, padding }: MaxPoolLayer, input: Tensor): Tensor {
  return tf.maxPool(input as Tensor4D, [...poolSize], [...strides], padding);
}

/**
 * ∂L/∂input: each output's gradient goes to the first input under its window that equals it.
 * Composed, not MaxPoolGrad: that of the WebAssembly engine loses the gradient wherever the maximum is negative.
 */
export function maxPoolBackward(
  tf: Tensorflow,
  layer: MaxPoolLayer,
  { placed, input, output }: LayerTape,
  outputGradient: Tensor,
): Tensor {
  const [poolRows, poolColumns] = layer.poolSize;
  const [down, right] = layer.strides;
  const margins = windowMargins(layer, placed);
  const fitted = applyMargins(tf, input, margins, -Infinity);
  const [batch, height, width, channels] = fitted.shape;
  const [, rows, columns] = (output as Tensor4D).shape;

  /** Gradient that is not given away yet, and what the inputs have been given. */
  let remaining = outputGradient;
  let gradient: Tensor = tf.zerosLike(fitted);
  const zeros = tf.zerosLike(outputGradient);
  for (let i = 0; i < poolRows; i++) {
    for (let j = 0; j < poolColumns; j++) {
      const end = [batch, i + (rows - 1) * down + 1, j + (columns - 1) * right + 1, channels];
      const candidates = tf.stridedSlice(fitted, [0, i, j, 0], end, [1, down, right, 1]);
      const wins = tf.equal(candidates, output);
      const given = spread(tf, tf.where(wins, remaining, zeros), layer.strides);
      const inPlace = applyMargins(tf, given, {
        rows: [i, height - i - rows * down],
        columns: [j, width - j - columns * right],
      });
      gradient = tf.add(gradient, inPlace);
      remaining = tf.where(wins, zeros, remaining);
    }
  }
  return applyMargins(tf, gradient, oppositeOf(margins));
}
