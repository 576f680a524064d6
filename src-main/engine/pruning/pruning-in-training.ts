// Pruning while an agent learns: a schedule over its updates, asked before each of them.
import type { ModelDescription } from '../../contract/model.ts';
import type { TrainingPruning } from '../../contract/recipe.ts';
import type { Masks, Parameters } from '../networks/parameters.ts';
import { policyOnly } from '../networks/select-head.ts';
import type { NetworkInstance } from '../numerics/backend.ts';
import { Random } from '../random/random.ts';
import type { TrainingLoopOptions } from '../training/training-loop.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { allocations } from './allocation/registry.ts';
import type { Criterion } from './criteria/criterion.ts';
import { criteria } from './criteria/registry.ts';
import { pruneTo } from './granularity/granularity.ts';
import { granularities } from './granularity/registry.ts';
import { schedules } from './schedules/registry.ts';
import { NO_DATA } from './scoring-data.ts';
import { PRUNING_SHARE } from './schedules/schedule.ts';

/** A criterion that looks at more than the weights, while the policy is still learning. */
export class CriterionInTrainingError extends SecateurError {
  readonly kind = 'unsupported';

  constructor({ id, needs }: Criterion) {
    const suitable = criteria.all.filter((entry) => entry.needs === 'nothing').map((entry) => entry.id);
    super(
      `the criterion "${id}" looks at ${needs} and cannot prune during training, where there are only the weights`,
      `Use ${suitable.join(', ')}, or prune after training.`,
    );
  }
}

/** An allocation that plays the policy, while the policy is still learning. */
export class AllocationInTrainingError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(allocation: string) {
    const suitable = allocations.all.filter((entry) => entry.needs !== 'sensitivity').map((entry) => entry.id);
    super(
      `the allocation "${allocation}" plays a trained policy and cannot prune during training`,
      `Use ${suitable.join(', ')}, or prune after training.`,
    );
  }
}

/**
 * The `masksAt` of a training loop: at every event of the schedule, masks for the weights as they are then. It remembers
 * nothing, so that a run resumed from a checkpoint prunes on as if it had never ended.
 * @param plannedUpdates updates of the whole run
 * @throws UnknownNameError, CriterionInTrainingError, AllocationInTrainingError
 */
export function pruningInTraining(input: {
  readonly pruning: TrainingPruning;
  readonly plannedUpdates: number;
  /** Of the model that learns: only what acts is pruned, a critic beside it is not. */
  readonly description: ModelDescription;
  readonly random: Random;
}): NonNullable<TrainingLoopOptions['masksAt']> {
  const { pruning, plannedUpdates, description, random } = input;
  const granularity = granularities.get(pruning.granularity);
  const criterion = criteria.get(pruning.criterion);
  const allocation = allocations.get(pruning.allocation);
  if (criterion.needs !== 'nothing') throw new CriterionInTrainingError(criterion);
  if (allocation.needs === 'sensitivity') throw new AllocationInTrainingError(allocation.id);
  const begin = Math.floor(pruning.from * plannedUpdates);
  const duration = Math.max(0, pruning.to - pruning.from) * plannedUpdates;
  const events = new Map(
    schedules
      .get(pruning.schedule)
      .events({ target: pruning.sparsity, initial: 0, updates: duration / PRUNING_SHARE, steps: pruning.steps })
      .map(({ update, sparsity }) => [begin + update, { sparsity, seed: random.integer(2 ** 31) }]),
  );
  return ({ update }, network: NetworkInstance) => {
    const event = events.get(update);
    if (event === undefined) return null;
    const acting = policyOnly({ description, parameters: network.readParameters(), masks: {} });
    const { parameters } = acting;
    const scored = {
      network: acting.description.network,
      parameters,
      masks: masksOfZeros(parameters),
      criterion,
      data: NO_DATA,
      random: new Random(event.seed),
    };
    return pruneTo(granularity, scored, { kind: 'sparsity', sparsity: event.sparsity, allocation });
  };
}

/** What is pruned already, read off the weights themselves: a pruned one is exactly zero, a learning one never stays so. */
function masksOfZeros(parameters: Parameters): Masks {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([, values]) => values.includes(0))
      .map(([name, values]) => [name, Uint8Array.from(values, (value) => (value === 0 ? 0 : 1))]),
  );
}
