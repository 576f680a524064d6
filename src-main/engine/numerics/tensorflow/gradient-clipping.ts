// Limiting the norm of all gradients together, as torch.nn.utils.clip_grad_norm_ does.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensorflow } from './session.ts';

/** L2 norm of a vector; not finite when an entry is not. */
export function gradientNorm(tf: Tensorflow, gradient: Tensor): number {
  const sumOfSquares = tf.sum(tf.square(gradient)).dataSync()[0]!;
  if (Number.isFinite(sumOfSquares)) return Math.sqrt(sumOfSquares);
  // The square of a large number overflows float32 long before the number itself does.
  return Math.sqrt((gradient.dataSync() as Float32Array).reduce((sum, value) => sum + value * value, 0));
}

/** The gradient times max / (norm + 1e-6) where its norm is above the maximum. */
export function clipGradient(tf: Tensorflow, gradient: Tensor, norm: number, maximum: number | undefined): Tensor {
  return maximum === undefined || norm <= maximum ? gradient : tf.mul(gradient, maximum / (norm + 1e-6));
}
