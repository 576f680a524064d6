// The float64 reference for a whole batch, as the numerics port sees it.
import type { NetworkSpecification } from '../../../src-main/contract/network.ts';
import { referenceForward, type ReferenceParameters } from '../../reference-network.ts';

export interface ReferencePass {
  /** [batchSize, outputSize] */
  readonly outputs: readonly number[];
  /** Layer name → its output after the activation, [batchSize, product(shape)]. */
  readonly activations: ReadonlyMap<string, readonly number[]>;
}

/** @param inputs [batchSize, product(input.shape)] raw observations. */
export function referencePass(
  network: NetworkSpecification,
  parameters: ReferenceParameters,
  inputs: Float32Array,
  batchSize: number,
): ReferencePass {
  const width = inputs.length / batchSize;
  const outputs: number[] = [];
  const activations = new Map<string, number[]>();
  for (let row = 0; row < batchSize; row++) {
    const observation = [...inputs.subarray(row * width, (row + 1) * width)];
    const onActivations = (layer: string, values: readonly number[]): void => {
      activations.set(layer, [...(activations.get(layer) ?? []), ...values]);
    };
    outputs.push(...referenceForward({ network, parameters, observation, onActivations }));
  }
  return { outputs, activations };
}
