// What acting needs of a network: the policy's head alone, the critic stripped.
import { cloneParameters } from './parameters.ts';
import type { PolicyModel } from './model.ts';
import { parameterShapes } from './shapes.ts';

/** The model with every head removed that does not decide the action. A DQN model is returned with all of its heads. */
export function policyOnly(model: PolicyModel): PolicyModel {
  const { description } = model;
  if (description.network.combine === 'dueling') return model;
  const network = {
    ...description.network,
    heads: description.network.heads.filter((head) => head.name === description.policy.head),
  };
  const names = new Set(Object.keys(parameterShapes(network)));
  const keep = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
  return {
    description: { ...description, network },
    parameters: cloneParameters(keep(model.parameters)),
    masks: keep(model.masks),
  };
}
