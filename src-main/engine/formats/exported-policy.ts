// What an export is made of: the network that acts, its masks applied, and what its output is called.
import type { NetworkSpecification } from '../../contract/network.ts';
import type { PolicyModel } from '../networks/model.ts';
import { applyMasks, type Parameters } from '../networks/parameters.ts';
import { policyOnly } from '../networks/select-head.ts';
import { checkParameters } from '../networks/shapes.ts';

/** Where a model comes from, as texts by name, carried inside of every export. */
export type Provenance = Readonly<Record<string, string>>;

export type OutputName = 'q_values' | 'action_logits' | 'action_mean';

export interface ExportedPolicy {
  readonly network: NetworkSpecification;
  readonly parameters: Parameters;
  readonly outputName: OutputName;
}

export function exportedPolicy(model: PolicyModel): ExportedPolicy {
  const { description, parameters, masks } = policyOnly(model);
  checkParameters(description.network, parameters);
  const greedy = description.algorithm === 'dqn' ? 'q_values' : 'action_logits';
  return {
    network: description.network,
    parameters: applyMasks(parameters, masks),
    outputName: description.policy.kind === 'mean' ? 'action_mean' : greedy,
  };
}
