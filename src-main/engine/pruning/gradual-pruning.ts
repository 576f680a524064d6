// From dense to sparse while an agent learns: a schedule over its updates, asked before each of them.
import type { GradualPruning } from '../../contract/recipe.ts';
import { Random } from '../random/random.ts';
import { allocations } from './allocation/registry.ts';
import { criteria } from './criteria/registry.ts';
import { IN_TRAINING } from './check-training-pruning.ts';
import { masking, pruneTo } from './granularity/granularity.ts';
import { granularities } from './granularity/registry.ts';
import type { PruningInTraining, TrainingToPrune } from './training-to-prune.ts';
import { NO_DATA } from './scoring-data.ts';
import { schedules } from './schedules/registry.ts';
import { PRUNING_SHARE } from './schedules/schedule.ts';

/** At every event of the schedule, masks for the weights as they are then. It remembers nothing. */
export function gradualPruning(pruning: GradualPruning, training: TrainingToPrune): PruningInTraining {
  const { plannedUpdates, acting, random } = training;
  const granularity = masking(granularities.get(pruning.granularity), IN_TRAINING);
  const criterion = criteria.get(pruning.criterion);
  const allocation = allocations.get(pruning.allocation);
  const begin = Math.floor(pruning.from * plannedUpdates);
  const duration = (pruning.to - pruning.from) * plannedUpdates;
  const events = new Map(
    schedules
      .get(pruning.schedule)
      .events({ target: pruning.sparsity, initial: 0, updates: duration / PRUNING_SHARE, steps: pruning.steps })
      .map(({ update, sparsity }) => [begin + update, { sparsity, seed: random.integer(2 ** 31) }]),
  );
  return {
    begin: null,
    masksAt: ({ update }, agent) => {
      const event = events.get(update);
      if (event === undefined) return null;
      const scored = { ...acting(agent), criterion, data: NO_DATA, random: new Random(event.seed) };
      return pruneTo(granularity, scored, { kind: 'sparsity', sparsity: event.sparsity, allocation });
    },
    masksByGradients: null,
    memory: null,
    sparseFrom: pruning.to * plannedUpdates,
  };
}
