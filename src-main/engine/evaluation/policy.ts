// A policy chooses actions for a batch of observations; a model's policy reads them from its network's output rows.
import type { BoxSpace } from '../../contract/environment.ts';
import type { ModelDescription } from '../../contract/model.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Action } from '../environments/environment.ts';
import { placeNetwork, sizeOf } from '../networks/shapes.ts';
import type { NetworkInstance } from '../numerics/backend.ts';
import { describeActions } from './model-fits.ts';

/** A network whose output row holds no actions where the policy looks for them. */
export class PolicyHeadError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(head: string, problem: string) {
    super(`policy head "${head}": ${problem}`, 'The model is inconsistent; check the file that it came from.');
  }
}

export interface BatchPolicy {
  /**
   * @param observations [count, observationSize]; what follows in the array is ignored.
   * @returns the action of each row, valid until the next call: an Int32Array, or views of continuous actions.
   */
  act(observations: Float32Array, count: number): ArrayLike<Action>;
}

/**
 * Where a row of the network's output has what decides the action.
 * @throws PolicyHeadError
 */
export function policySlice(description: ModelDescription): { offset: number; size: number; rowSize: number } {
  const { network, policy, actionSpace } = description;
  const placed = placeNetwork(network);
  const rowSize = placed.outputSize;
  const head = placed.heads.find(({ name }) => name === policy.head);
  const slice = network.combine === 'dueling' ? { offset: 0, size: rowSize } : head;
  if (slice === undefined) {
    throw new PolicyHeadError(policy.head, `the network has only ${placed.heads.map(({ name }) => name).join(', ')}`);
  }
  const actions = actionSpace.kind === 'discrete' ? actionSpace.n : sizeOf(actionSpace.shape);
  if (slice.size !== actions) {
    throw new PolicyHeadError(policy.head, `has ${slice.size} outputs for ${describeActions(actionSpace)}`);
  }
  return { offset: slice.offset, size: slice.size, rowSize };
}

/**
 * The deterministic policy of a model: the greedy action (the lowest index of equals, as NumPy and PyTorch), or the
 * Gaussian's mean clipped to the action space. Batches may be as large as the instance's `maxBatch`.
 * @param instance of `description.network`.
 * @throws PolicyHeadError
 */
export function modelPolicy(instance: NetworkInstance, description: ModelDescription): BatchPolicy {
  const { offset, size, rowSize } = policySlice(description);
  const inputSize = sizeOf(description.network.input.shape);
  const rows = (observations: Float32Array, count: number): Float32Array => {
    const length = count * inputSize;
    return instance.forward(observations.length === length ? observations : observations.subarray(0, length), count);
  };
  const { actionSpace, policy } = description;
  if (policy.kind === 'greedy') {
    if (actionSpace.kind === 'box') throw new PolicyHeadError(policy.head, 'is greedy, but the actions are continuous');
    let actions = new Int32Array(64);
    return {
      act(observations, count) {
        if (count > actions.length) actions = new Int32Array(2 * count);
        const outputs = rows(observations, count);
        for (let row = 0; row < count; row++) actions[row] = argmax(outputs, row * rowSize + offset, size);
        return actions;
      },
    };
  }
  if (actionSpace.kind === 'discrete')
    throw new PolicyHeadError(policy.head, 'is a mean, but the actions are discrete');
  const actions: Float32Array[] = [];
  return {
    act(observations, count) {
      while (actions.length < count) actions.push(new Float32Array(size));
      const outputs = rows(observations, count);
      for (let row = 0; row < count; row++) clipInto(actions[row]!, outputs, row * rowSize + offset, actionSpace);
      return actions;
    },
  };
}

/** Index, from `start`, of the first largest of `size` values. */
function argmax(values: Float32Array, start: number, size: number): number {
  let best = 0;
  for (let i = 1; i < size; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
}

function clipInto(action: Float32Array, means: Float32Array, start: number, { low, high }: BoxSpace): void {
  for (let i = 0; i < action.length; i++) action[i] = Math.min(high[i]!, Math.max(low[i]!, means[start + i]!));
}
