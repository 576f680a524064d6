// The outputs of all heads as one row per sample, and the way back.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { NetworkSpecification } from '../../../contract/network.ts';
import type { PlacedHead } from '../../networks/shapes.ts';
import type { Tensorflow } from './session.ts';

type Combine = NetworkSpecification['combine'];

/**
 * @param outputs [batch, size] of each head, in order.
 * @returns [batch, outputSize]: side by side, or V + A − mean(A) (Wang et al. 2016, eq. 9).
 */
export function combineHeads(
  tf: Tensorflow,
  combine: Combine,
  heads: readonly PlacedHead[],
  outputs: readonly Tensor[],
): Tensor {
  if (combine === 'concatenate') return outputs.length === 1 ? outputs[0]! : tf.concat([...outputs], 1);
  const value = outputs[heads.findIndex((head) => head.name === 'value')]!;
  const advantage = outputs[heads.findIndex((head) => head.name === 'advantage')]!;
  return tf.add(value, tf.sub(advantage, tf.mean(advantage, 1, true)));
}

/**
 * @param outputGradient ∂L/∂output, [batch, outputSize].
 * @returns ∂L/∂(output of the head), [batch, size] of each head, in order.
 */
export function headGradients(
  tf: Tensorflow,
  combine: Combine,
  heads: readonly PlacedHead[],
  outputGradient: Tensor,
): Tensor[] {
  if (combine === 'concatenate') {
    if (heads.length === 1) return [outputGradient];
    return heads.map(({ offset, size }) => tf.slice(outputGradient as Tensor2D, [0, offset], [-1, size]));
  }
  return heads.map((head) =>
    head.name === 'value' ? tf.sum(outputGradient, 1, true) : tf.sub(outputGradient, tf.mean(outputGradient, 1, true)),
  );
}
