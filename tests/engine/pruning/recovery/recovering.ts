// What tests of recoveries share: an input for a session, a trained agent to prune, and its return.
import type { EnvironmentDefinition } from '../../../../src-main/engine/environments/environment.ts';
import { cartPole } from '../../../../src-main/engine/environments/cart-pole.ts';
import { instantiateModel } from '../../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../../src-main/engine/evaluation/run-episodes.ts';
import { readModelFile } from '../../../../src-main/engine/formats/registry.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../../src-main/engine/networks/select-head.ts';
import { allocations } from '../../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../../src-main/engine/pruning/criteria/registry.ts';
import { playIn } from '../../../../src-main/engine/pruning/experience.ts';
import { pruneTo } from '../../../../src-main/engine/pruning/granularity/granularity.ts';
import { maskingOf } from '../masking-of.ts';
import type { RecoveryInput } from '../../../../src-main/engine/pruning/recovery/recovery.ts';
import { NO_DATA } from '../../../../src-main/engine/pruning/scoring-data.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../../recording-context.ts';
import { testBackend } from '../../../test-backend.ts';
import { thirdPartyAgent } from '../../formats/fixtures.ts';

/** The DQN that ships with Secateur; it balances for all 500 steps. */
export const cartPoleAgent = (): PolicyModel => policyOnly(readModelFile(thirdPartyAgent('dqn-CartPole-v1.zip')).model);

const SEEDS = { train: { first: 0, count: 1000 }, validation: { first: 1000, count: 2 } };

/** @param options.environment that it plays in, CartPole when it is absent */
export function recoveryInput({
  environment = cartPole,
  ...options
}: {
  readonly student: PolicyModel;
  readonly environment?: EnvironmentDefinition;
} & Partial<RecoveryInput>): RecoveryInput {
  return {
    backend: testBackend,
    experience: playIn(environment, SEEDS),
    parent: options.student,
    random: new Random(1),
    updates: 100,
    context: recordingContext(),
    ...options,
  };
}

/** Cut down to a share of its weights, with nothing healed. */
export function prunedByMagnitude(model: PolicyModel, sparsity: number): PolicyModel {
  const { network } = model.description;
  const masks = pruneTo(
    maskingOf('weight'),
    {
      network,
      parameters: model.parameters,
      masks: model.masks,
      criterion: criteria.get('lamp'),
      data: NO_DATA,
      random: new Random(1),
    },
    { kind: 'sparsity', sparsity, allocation: allocations.get('global') },
  );
  return { ...model, parameters: applyMasks(model.parameters, masks), masks };
}

/** On seeds that no recovery sees. */
export function meanReturn(model: PolicyModel, environment: EnvironmentDefinition = cartPole, episodes = 20): number {
  const instance = instantiateModel(testBackend, model);
  const { returns } = runEpisodes({
    environment,
    policy: modelPolicy(instance, model.description),
    seeds: Array.from({ length: episodes }, (_, i) => 50_000 + i),
  });
  instance.dispose();
  return returns.reduce((sum, value) => sum + value, 0) / episodes;
}

/** Whether every masked weight is exactly zero. */
export function masksHold({ parameters, masks }: PolicyModel): boolean {
  return Object.entries(masks).every(([name, mask]) =>
    mask.every((kept, i) => kept === 1 || parameters[name]![i] === 0),
  );
}
