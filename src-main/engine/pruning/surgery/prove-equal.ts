// The proof of surgery: two models answer the same on the same observations.
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks } from '../../networks/parameters.ts';
import type { Backend } from '../../numerics/backend.ts';

/** The compacted network does not answer as the masked one: it must not be used. */
export class SurgeryMismatchError extends SecateurError {
  readonly kind = 'internal';

  constructor(difference: number, tolerance: number) {
    super(
      `the compacted network differs from the masked one by ${difference.toExponential(2)} (allowed ${tolerance})`,
      'This is a bug in Secateur; the masked model is intact. Please report it with the recipe.',
    );
  }
}

/** Every output of the model on every observation, [count, outputs]. */
function answers(backend: Backend, model: PolicyModel, observations: Float32Array, count: number): Float32Array {
  const parameters = applyMasks(model.parameters, model.masks);
  const instance = backend.instantiate(model.description.network, parameters, { maxBatch: count });
  try {
    return instance.forward(observations, count).slice();
  } finally {
    instance.dispose();
  }
}

/**
 * The largest absolute difference between the outputs of two models, relative to outputs larger than one.
 * @param observations [count, inputSize]
 * @throws SurgeryMismatchError above `tolerance`
 */
export function proveEqual(input: {
  readonly backend: Backend;
  readonly masked: PolicyModel;
  readonly compacted: PolicyModel;
  readonly observations: Float32Array;
  readonly count: number;
  readonly tolerance?: number;
}): number {
  const { backend, masked, compacted, observations, count, tolerance = 1e-5 } = input;
  const expected = answers(backend, masked, observations, count);
  const actual = answers(backend, compacted, observations, count);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    // Math.max keeps a NaN to the end, where no tolerance allows it.
    largest = Math.max(largest, Math.abs(expected[i]! - actual[i]!) / Math.max(1, Math.abs(expected[i]!)));
  }
  if (!(largest <= tolerance)) throw new SurgeryMismatchError(largest, tolerance);
  return largest;
}
