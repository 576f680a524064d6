// Gradients of a convolution as convolutions, for engines without kernels of their own.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Conv2dLayer } from '../../../../contract/network.ts';
import type { Tensorflow } from '../session.ts';
import type { LayerTape } from './layer-tape.ts';
import { applyMargins, oppositeOf, spread, windowMargins } from './window-geometry.ts';

/**
 * ∂L/∂kernel[i, j, c, f] = Σ over n, p, q of x[n, p·s + i, q·s + j, c] · δ[n, p, q, f]: a convolution whose batch is the
 * channels, whose channels are the batch, and whose kernel is δ, dilated by the strides.
 * @param delta [batch, rows, columns, filters]
 * @returns [height, width, channels, filters] of the kernel
 */
export function composedKernelGradient(
  tf: Tensorflow,
  layer: Conv2dLayer,
  { placed, input }: LayerTape,
  delta: Tensor,
): Tensor {
  const image = tf.transpose(applyMargins(tf, input, windowMargins(layer, placed)), [3, 1, 2, 0]);
  const filter = tf.transpose(delta as Tensor4D, [1, 2, 0, 3]);
  const gradient = tf.conv2d(image, filter, 1, 'valid', 'NHWC', [...layer.strides]);
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

/**
 * ∂L/∂x: δ spread out by the strides, convolved in full with the kernel turned by 180°.
 * @param kernel [height, width, channels, filters]
 * @param delta [batch, rows, columns, filters]
 * @returns [batch, height, width, channels] of the input
 */
export function composedInputGradient(
  tf: Tensorflow,
  layer: Conv2dLayer,
  { placed }: LayerTape,
  kernel: Tensor,
  delta: Tensor,
): Tensor {
  const [down, right] = layer.strides;
  const [height, width] = layer.kernelSize;
  // Spreading already put stride − 1 zeros after the last row and column.
  const surrounded = applyMargins(tf, spread(tf, delta, layer.strides), {
    rows: [height - 1, height - down],
    columns: [width - 1, width - right],
  });
  const turned = tf.transpose(tf.reverse(kernel as Tensor4D, [0, 1]), [0, 1, 3, 2]);
  const gradient = tf.conv2d(surrounded, turned, 1, 'valid');
  return applyMargins(tf, gradient, oppositeOf(windowMargins(layer, placed)));
}
