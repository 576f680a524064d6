// Pruning as the person chose it: criterion, amount, allocation, schedule and recovery, one after the other.
import type { ManualMethod } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { PolicyModel } from '../networks/model.ts';
import { sizeOf } from '../networks/shapes.ts';
import { inputStatistics, restoreInputs, standardizeInputs } from '../networks/standardize-inputs.ts';
import { allocations } from './allocation/registry.ts';
import { criteria } from './criteria/registry.ts';
import { cutsOf } from './cuts.ts';
import { checkMoves, Movement } from './movement.ts';
import type { PruningInput, PruningOutcome } from './pruning-input.ts';
import type { RecoveryInput } from './recovery/recovery.ts';
import { recoveries } from './recovery/registry.ts';
import { checkRewinds, startSession } from './recovery/rewind.ts';
import { oneShot } from './schedules/one-shot.ts';
import { schedules } from './schedules/registry.ts';
import { PRUNING_SHARE, type PruningEvent } from './schedules/schedule.ts';
import { visitedStates } from './visited-states.ts';

/** A threshold says what goes, not how much: there is nothing to approach in steps. */
export class ThresholdScheduleError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(schedule: string) {
    super(
      `a threshold cannot be reached on the schedule "${schedule}"`,
      'Use the schedule one-shot with a threshold, or give a sparsity.',
    );
  }
}

/** Updates between two reports of progress. */
const UPDATES_PER_REPORT = 100;

/** @throws UnknownNameError, ThresholdScheduleError */
export function checkSchedule({ amount, schedule }: Pick<ManualMethod, 'amount' | 'schedule'>): void {
  const { id } = schedules.get(schedule);
  if (amount.kind === 'threshold' && id !== oneShot.id) throw new ThresholdScheduleError(id);
}

function eventsOf(method: ManualMethod, updates: number): PruningEvent[] {
  checkSchedule(method);
  const schedule = schedules.get(method.schedule);
  const { amount } = method;
  if (amount.kind === 'threshold') return [{ update: 0, sparsity: 0 }];
  return schedule.events({ target: amount.sparsity, initial: 0, updates, steps: method.steps });
}

/**
 * Where scores are of what training did, it trains before every cut instead of after it: all events move back by one
 * interval, or a single one to the end of the stretch in which gradual schedules prune.
 */
function trainedFirst(events: readonly PruningEvent[], updates: number): PruningEvent[] {
  const interval = events.length > 1 ? events[1]!.update - events[0]!.update : Math.floor(PRUNING_SHARE * updates);
  return events.map(({ update, sparsity }) => ({ update: update + Math.max(1, interval), sparsity }));
}

/**
 * Prunes at every event of the schedule and lets the recovery train between them, its inputs standardised so that one
 * learning rate fits all units of measure. Scores are taken of the weights as they are outside, on raw inputs.
 * @throws UnknownNameError, ThresholdScheduleError, CriterionGranularityError, MovementWithoutTrainingError,
 * MovementBeforeTrainingError, NothingToRewindError, MultipleOfWeightsError, NothingToPlayError, and the errors of layer-choices.ts and remove-layers.ts
 */
export async function pruneByHand(input: PruningInput, method: ManualMethod): Promise<PruningOutcome> {
  const { dense, experience, granularity, backend, random, context } = input;
  const criterion = criteria.get(method.criterion);
  const recovery = recoveries.get(method.recovery.method);
  checkRewinds(method.rewind, { schedule: method.schedule, recovery: recovery.id, granularity });
  const updates = recovery.id === 'none' ? 0 : method.recovery.updates;
  if (criterion.needs === 'movement') checkMoves({ recovery, allocation: allocations.get(method.allocation) }, updates);
  const movement = criterion.needs === 'movement' ? new Movement() : null;
  const events = movement === null ? eventsOf(method, updates) : trainedFirst(eventsOf(method, updates), updates);
  const cut = await cutsOf(input, method);
  if (cut === null) return { pruned: dense, trials: [], budget: null, stopped: true };
  const observations = visitedStates({ model: dense, experience, backend, epsilon: 0, random });
  const inputs = inputStatistics(observations, sizeOf(dense.description.network.input.shape));
  // Where nothing trains, pruning changes nothing but what it prunes: no rounding, no bias.
  const inside = (model: PolicyModel): PolicyModel => (updates === 0 ? model : standardizeInputs(model, inputs));
  const parent = inside(dense);

  const start: RecoveryInput = {
    backend,
    experience,
    parent,
    student: parent,
    random,
    updates,
    ...(movement && {
      onGradients: (student) => {
        movement.observe(student);
      },
    }),
    context,
  };
  let session = startSession(recovery, start, { rewind: method.rewind, events });
  try {
    let stopped = false;
    let done = 0;
    let largestDifference = 0;
    /** @returns true when stopped */
    const trainUntil = async (update: number): Promise<boolean> => {
      while (done < update) {
        context.progress({ stage: `${recovery.name} beside pruning`, done, total: updates, unit: 'updates' });
        const next = Math.min(UPDATES_PER_REPORT, update - done);
        if (await session.advance(next)) return true;
        done += next;
        const candidate = session.current();
        context.offerPolicy(done, () => candidate);
      }
      return false;
    };
    for (const event of events) {
      stopped = await trainUntil(event.update);
      if (stopped) break;
      // A change of variables and back rounds; the first scores are those of the weights as they were given.
      const raw = done === 0 ? dense : restoreInputs(session.current(), inputs);
      const keepShare = method.amount.kind === 'sparsity' ? 1 - event.sparsity : null;
      const made = await cut(event.sparsity, {
        model: raw,
        dense,
        backend,
        observations,
        experience,
        keepShare,
        movement,
        random,
        context,
      });
      if (made.kind === 'masks') session.setMasks(made.masks);
      else if (made.model !== raw) {
        // Another network: what learns it begins anew, optimizer and learning rate too, over the updates that are left.
        session.dispose();
        session = recovery.start({ ...start, student: inside(made.model), updates: updates - done });
        largestDifference = Math.max(largestDifference, made.largestDifference);
      }
    }
    stopped ||= await trainUntil(updates);
    const pruned: PolicyModel = restoreInputs(session.current(), inputs);
    return { pruned, trials: [], budget: null, stopped, largestDifference };
  } finally {
    session.dispose();
  }
}
