// What the decisions of a policy lose when one of its hidden layers alone is bypassed.
import type { PolicyModel } from '../networks/model.ts';
import { decisionsOf, type Decisions } from './decisions.ts';
import { hiddenLayers } from './hidden-layers.ts';
import { bypassLayer, type BypassInput } from './surgery/bypass-layer.ts';

/**
 * How much two policies differ over the same states, in [0, 1]: the share of states in which they choose another action;
 * of continuous actions the mean distance, as a share of what is allowed.
 */
export function decisionLoss(one: Decisions, other: Decisions): number {
  if (one.kind === 'discrete' && other.kind === 'discrete') {
    return one.actions.reduce((sum, action, i) => sum + Number(action !== other.actions[i]), 0) / one.actions.length;
  }
  if (one.kind === 'continuous' && other.kind === 'continuous') {
    const { low, high } = one.space;
    const distance = one.actions.reduce((sum, action, i) => {
      const dimension = i % low.length;
      return sum + Math.abs(action - other.actions[i]!) / (high[dimension]! - low[dimension]!);
    }, 0);
    return distance / one.actions.length;
  }
  throw new RangeError('the action spaces differ');
}

export interface Bypass {
  readonly layer: string;
  /** With this layer alone made linear; the layer is still there. */
  readonly model: PolicyModel;
  /** Of `decisionLoss`, against the policy before any pruning. */
  readonly loss: number;
  /** Weights that are gone when the layer is. */
  readonly saves: number;
}

/** Every hidden layer that can go, tried alone, in forward order. @param dense whose decisions count */
export function tryBypasses(
  input: BypassInput & { readonly model: PolicyModel; readonly dense: PolicyModel },
): Bypass[] {
  const { model, dense, backend, observations } = input;
  const { parameters, masks, description } = model;
  const wanted = decisionsOf({ model: dense, backend, observations });
  return hiddenLayers({ network: description.network, parameters, masks })
    .filter(({ obstacle }) => obstacle === null)
    .map(({ group: { layer }, saves }) => {
      const bypassed = bypassLayer(model, layer, input);
      const loss = decisionLoss(wanted, decisionsOf({ model: bypassed, backend, observations }));
      return { layer, model: bypassed, loss, saves };
    });
}
