// Optimizer updates on whole vectors: how far each parameter moves per unit of learning rate.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../backend.ts';
import type { OptimizerSlot } from '../optimizer-slots.ts';
import type { Tensorflow } from './session.ts';

/** Exactly the slots of `optimizerSlots`, each one value per parameter. */
export type SlotVectors = ReadonlyMap<OptimizerSlot, Tensor>;

export interface Update {
  /** To be multiplied by the learning rate and subtracted. */
  readonly direction: Tensor;
  readonly slots: SlotVectors;
}

/** @param step 1 for the first. */
export function optimizerUpdate(
  tf: Tensorflow,
  config: OptimizerConfig,
  { gradient, slots, step }: { readonly gradient: Tensor; readonly slots: SlotVectors; readonly step: number },
): Update {
  /** The slot after one more step: decay·slot + weight·value. */
  const accumulate = (slot: OptimizerSlot, decay: number, value: Tensor, weight = 1 - decay): Tensor =>
    tf.add(tf.mul(slots.get(slot)!, decay), weight === 1 ? value : tf.mul(value, weight));
  const quotient = (numerator: Tensor, square: Tensor, epsilon: number): Tensor =>
    tf.div(numerator, tf.add(tf.sqrt(square), epsilon));

  switch (config.kind) {
    case 'adam': {
      // Kingma & Ba 2015, algorithm 1: m̂ / (√v̂ + ε)
      const m = accumulate('m', config.beta1, gradient);
      const v = accumulate('v', config.beta2, tf.square(gradient));
      const mHat = tf.div(m, 1 - config.beta1 ** step);
      const vHat = tf.div(v, 1 - config.beta2 ** step);
      return {
        direction: quotient(mHat, vHat, config.epsilon),
        slots: new Map([
          ['m', m],
          ['v', v],
        ]),
      };
    }
    case 'rmsprop': {
      // Tieleman & Hinton 2012: g / (√v + ε). Centred (Graves 2013, eq. 40): the variance v − m² instead of v.
      const v = accumulate('v', config.decay, tf.square(gradient));
      if (!config.centered) return { direction: quotient(gradient, v, config.epsilon), slots: new Map([['v', v]]) };
      const m = accumulate('m', config.decay, gradient);
      // Rounding can take the variance of a steady gradient below zero.
      const variance = tf.relu(tf.sub(v, tf.square(m)));
      return {
        direction: quotient(gradient, variance, config.epsilon),
        slots: new Map([
          ['m', m],
          ['v', v],
        ]),
      };
    }
    case 'sgd': {
      if (config.momentum === 0) return { direction: gradient, slots: new Map() };
      const m = accumulate('m', config.momentum, gradient, 1);
      return { direction: m, slots: new Map([['m', m]]) };
    }
  }
}
