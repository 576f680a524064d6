// Pruning while an agent learns: from dense to sparse, or sparse from the beginning.
import type { ModelDescription } from '../../contract/model.ts';
import type { TrainingPruning } from '../../contract/recipe.ts';
import { policyOnly } from '../networks/select-head.ts';
import type { Random } from '../random/random.ts';
import { checkTrainingPruning } from './check-training-pruning.ts';
import { gradualPruning } from './gradual-pruning.ts';
import { sparseTraining } from './sparse-training.ts';
import type { PruningInTraining, TrainingToPrune } from './training-to-prune.ts';

/**
 * @param description of the model that learns
 * @throws what `checkTrainingPruning` throws
 */
export function pruningInTraining(input: {
  readonly pruning: TrainingPruning;
  readonly plannedUpdates: number;
  readonly description: ModelDescription;
  readonly random: Random;
}): PruningInTraining {
  const { pruning, plannedUpdates, description, random } = input;
  checkTrainingPruning(pruning, plannedUpdates);
  const acting: TrainingToPrune['acting'] = ({ network, masks }) => {
    const policy = policyOnly({ description, parameters: network.readParameters(), masks });
    return { network: policy.description.network, parameters: policy.parameters, masks: policy.masks };
  };
  const training = { plannedUpdates, acting, random };
  return pruning.kind === 'gradual' ? gradualPruning(pruning, training) : sparseTraining(pruning, training);
}
