// Rewinding: after every cut, what is left begins again from an earlier point of training instead of going on.
import type { Rewind } from '../../../contract/recipe.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { Granularity } from '../granularity/granularity.ts';
import type { PruningEvent } from '../schedules/schedule.ts';
import type { Recovery, RecoveryInput, RecoverySession } from './recovery.ts';

/** Rewinding, where there is one cut or no training that could begin again. */
export class NothingToRewindError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(rewind: Rewind, { schedule, recovery }: { readonly schedule: string; readonly recovery: string }) {
    super(
      `nothing can be rewound (${rewind}) on the schedule "${schedule}" with the recovery "${recovery}"`,
      'Rewinding begins training again after every cut: use a gradual schedule and a recovery, or leave it out.',
    );
  }
}

/** Rewinding, where every cut makes another network. */
export class RewoundLayersError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(rewind: Rewind) {
    super(
      `nothing can be rewound (${rewind}) where whole layers go: each time another network begins to learn`,
      'Leave it out.',
    );
  }
}

/** @throws NothingToRewindError, RewoundLayersError */
export function checkRewinds(
  rewind: Rewind,
  choices: {
    readonly schedule: string;
    readonly recovery: string;
    readonly granularity: Pick<Granularity, 'ranks'>;
  },
): void {
  if (rewind === 'nothing') return;
  if (choices.granularity.ranks === 'layers') throw new RewoundLayersError(rewind);
  if (choices.schedule === 'one-shot' || choices.recovery === 'none') throw new NothingToRewindError(rewind, choices);
}

/**
 * A session that begins again at every cut that training came before (Renda et al. 2020, algorithms 2 and 3): the
 * recovery's learning rate and optimizer start over, stretched over the updates until the next cut; with `weights`, what
 * is left of the weights also goes back to the parent's, which are the earliest that are known here.
 * @param events of the schedule: a call of `setMasks` for each
 */
function startRewinding(
  recovery: Recovery,
  input: RecoveryInput,
  { rewind, events }: { readonly rewind: Rewind; readonly events: readonly PruningEvent[] },
): RecoverySession {
  /** Until training is next interrupted; several cuts may come at once. */
  const updatesFrom = (update: number): number =>
    (events.find((event) => event.update > update)?.update ?? input.updates) - update;
  let cut = 0;
  let trained = false;
  let session = recovery.start({ ...input, updates: updatesFrom(0) });
  return {
    setMasks: (masks) => {
      if (trained) {
        const student = rewind === 'weights' ? input.student : session.current();
        session.dispose();
        session = recovery.start({ ...input, student, updates: updatesFrom(events[cut]!.update) });
        trained = false;
      }
      session.setMasks(masks);
      cut++;
    },
    advance: (updates) => {
      trained ||= updates > 0;
      return session.advance(updates);
    },
    current: () => session.current(),
    dispose: () => {
      session.dispose();
    },
  };
}

/** The recovery's own session, or one that begins again at every cut. */
export function startSession(
  recovery: Recovery,
  input: RecoveryInput,
  plan: { readonly rewind: Rewind; readonly events: readonly PruningEvent[] },
): RecoverySession {
  return plan.rewind === 'nothing' ? recovery.start(input) : startRewinding(recovery, input, plan);
}
