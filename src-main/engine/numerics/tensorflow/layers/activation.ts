// Activations, and their derivatives written in terms of the output, so that a tape needs no pre-activations.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../../../../contract/network.ts';
import type { Tensorflow } from '../session.ts';

/** y = activation(z), elementwise. */
export function activate(tf: Tensorflow, activation: Activation, z: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return z;
    case 'relu':
      return tf.relu(z);
    case 'tanh':
      return tf.tanh(z);
    case 'sigmoid':
      return tf.sigmoid(z);
    case 'elu':
      return tf.elu(z);
  }
}

/** ∂L/∂z from ∂L/∂y and y = activation(z), elementwise. */
export function activationGradient(
  tf: Tensorflow,
  activation: Activation,
  output: Tensor,
  outputGradient: Tensor,
): Tensor {
  switch (activation) {
    case 'linear':
      return outputGradient;
    case 'relu':
      return tf.mul(outputGradient, tf.step(output));
    case 'tanh': // 1 − y²
      return tf.mul(outputGradient, tf.sub(1, tf.square(output)));
    case 'sigmoid': // y·(1 − y)
      return tf.mul(outputGradient, tf.mul(output, tf.sub(1, output)));
    case 'elu': // 1 where y > 0, else exp(z) = y + 1
      return tf.mul(outputGradient, tf.add(1, tf.minimum(output, 0)));
  }
}
