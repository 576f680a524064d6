// A network run over many states, batch by batch: what statistics and samples of a policy are gathered with.
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend, NetworkInstance } from '../numerics/backend.ts';

const BATCH = 256;

export interface StateBatch {
  /** [rows, outputSize] */
  readonly outputs: Float32Array;
  /** Its tape is that of this batch. Asking it for activations ends the validity of `outputs`. */
  readonly instance: NetworkInstance;
  /** Index of the first state. */
  readonly from: number;
  readonly rows: number;
}

/**
 * Runs the masked network over the states once.
 * @param observations [states, inputSize]
 */
export function runOverStates(input: {
  readonly model: PolicyModel;
  readonly backend: Backend;
  readonly observations: Float32Array;
  readonly visit: (batch: StateBatch) => void;
}): void {
  const { model, backend, observations, visit } = input;
  const { network } = model.description;
  const { inputSize } = placeNetwork(network);
  const states = observations.length / inputSize;
  const instance = backend.instantiate(network, model.parameters, { maxBatch: Math.min(BATCH, states) });
  try {
    instance.setMasks(model.masks);
    for (let from = 0; from < states; from += BATCH) {
      const rows = Math.min(BATCH, states - from);
      const batch = observations.subarray(from * inputSize, (from + rows) * inputSize);
      visit({ outputs: instance.forward(batch, rows, { tape: true }), instance, from, rows });
    }
  } finally {
    instance.dispose();
  }
}
