// What pruning while an agent learns cannot be, found out before anything is trained.
import type { SparseTraining, TrainingPruning } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { allocations } from './allocation/registry.ts';
import type { Criterion } from './criteria/criterion.ts';
import { criteria } from './criteria/registry.ts';
import { snip } from './criteria/snip.ts';
import { checkCanRank, masking } from './granularity/granularity.ts';
import { granularities } from './granularity/registry.ts';
import { weight } from './granularity/weight.ts';
import { schedules } from './schedules/registry.ts';
import { SNIP_UPDATES } from './snip-start.ts';
import { topologies } from './topology/registry.ts';

/** A criterion that looks at more than there is while the policy is still learning. */
export class CriterionInTrainingError extends SecateurError {
  readonly kind = 'unsupported';

  constructor({ id, needs }: Criterion, kind: TrainingPruning['kind']) {
    const suitable = criteria.all.filter((entry) => judgesInTraining(entry, kind)).map((entry) => entry.id);
    const elsewhere = id === snip.id ? ' SNIP can choose what a network begins with that is sparse throughout.' : '';
    super(
      `the criterion "${id}" looks at ${needs} and cannot prune during training, where there are only the weights`,
      `Use ${suitable.join(', ')}, or prune after training.${elsewhere}`,
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

/** A topology that moves single weights, with pieces or patterns that it would break. */
export class TopologyGranularityError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(topology: string, granularity: string) {
    super(
      `the topology "${topology}" grows single weights and would not keep to the granularity "${granularity}"`,
      `Use the granularity ${weight.id}, or the topology static.`,
    );
  }
}

/** A run that ends before what was asked for could happen. */
export class TooFewUpdatesError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string, plannedUpdates: number, hint: string) {
    super(`${what}, and the run has ${plannedUpdates} update${plannedUpdates === 1 ? '' : 's'}`, hint);
  }
}

/** Pruning that would end before it begins. */
export class PruningPhaseError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(from: number, to: number) {
    super(
      `pruning would begin after a share of ${from} of the run and end after ${to}, which is earlier`,
      'Let it begin before it ends: published runs prune from 0.2 to 0.8.',
    );
  }
}

/** For `masking`. */
export const IN_TRAINING = 'while an agent learns';

/** Whether there is what the criterion looks at. */
export function judgesInTraining(criterion: Criterion, kind: TrainingPruning['kind']): boolean {
  return criterion.needs === 'nothing' || (kind === 'sparse' && criterion === snip);
}

function checkTopology({ topology, granularity, criterion, every, until }: SparseTraining, updates: number): void {
  const { id, growth } = topologies.get(topology);
  if (criterion === snip.id && updates <= SNIP_UPDATES) {
    throw new TooFewUpdatesError(`SNIP looks at the first ${SNIP_UPDATES} updates`, updates, 'Train for longer.');
  }
  if (growth === null) return;
  if (granularity !== weight.id) throw new TopologyGranularityError(id, granularity);
  if (every >= until * updates) {
    throw new TooFewUpdatesError(
      `the first rewiring would be after ${every} updates, the last by a share of ${until} of the run`,
      updates,
      'Rewire more often, for longer, or use the topology static.',
    );
  }
}

/**
 * All names are known, what is combined can be, and the run is long enough for it.
 * @throws UnknownNameError, NOfMPatternError, NoMaskForLayersError, CriterionGranularityError, CriterionInTrainingError,
 *   AllocationInTrainingError, TopologyGranularityError, TooFewUpdatesError, PruningPhaseError
 */
export function checkTrainingPruning(pruning: TrainingPruning, plannedUpdates: number): void {
  const criterion = criteria.get(pruning.criterion);
  checkCanRank(criterion, masking(granularities.get(pruning.granularity), IN_TRAINING));
  if (!judgesInTraining(criterion, pruning.kind)) throw new CriterionInTrainingError(criterion, pruning.kind);
  const allocation = allocations.get(pruning.allocation);
  if (allocation.needs === 'sensitivity') throw new AllocationInTrainingError(allocation.id);
  switch (pruning.kind) {
    case 'gradual':
      schedules.get(pruning.schedule);
      if (pruning.from > pruning.to) throw new PruningPhaseError(pruning.from, pruning.to);
      return;
    case 'sparse':
      checkTopology(pruning, plannedUpdates);
  }
}
