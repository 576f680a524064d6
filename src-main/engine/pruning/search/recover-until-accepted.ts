// Recovery with an eye on the return: it ends as soon as validation is satisfied, and keeps the best it has seen.
import type { PolicyModel } from '../../networks/model.ts';
import type { Recovery, RecoveryInput } from '../recovery/recovery.ts';
import type { Judge, Verdict } from './judge.ts';

export interface RecoveryBudget {
  readonly recovery: Recovery;
  /** Work between two looks at validation. */
  readonly updatesPerLook: number;
  readonly looks: number;
  /** Where no look so far kept at least `below`, the first `looks` are all there are; absent: it is never given up. */
  readonly givenUp?: { readonly looks: number; readonly below: number };
}

export interface Recovered {
  readonly model: PolicyModel;
  /** Of the model; null when it was not accepted and may never have played all validation episodes. */
  readonly verdict: Verdict | null;
  /** The best quick share of all looks. */
  readonly quickShare: number;
  readonly accepted: boolean;
  readonly stopped: boolean;
}

/** A quick look may fall this much short of the asked share and still earn a full one: it has few episodes. */
const QUICK_SLACK = 0.01;
/** Above this share of the tolerance there is nothing to gain from going on. */
const GOOD_ENOUGH = 0.4;
/** Looks that are still taken after the first accepted one, itself included. */
const PATIENCE = 3;

/**
 * Trains look by look. A look is accepted when its certain share reaches `keep`; training goes on for a few looks to
 * find a better one, unless it is nearly as good as the dense policy already. Without an accepted look, the one that
 * did best on the quick episodes is returned.
 */
export async function recoverUntilAccepted(input: {
  readonly start: Omit<RecoveryInput, 'updates'>;
  readonly budget: RecoveryBudget;
  readonly validation: Judge;
  readonly keep: number;
  readonly stage: string;
}): Promise<Recovered> {
  const { start, budget, validation, keep, stage } = input;
  const { context } = start;
  const updates = budget.updatesPerLook * budget.looks;
  const session = budget.recovery.start({ ...start, updates });
  let quickest: { share: number; model: PolicyModel } = { share: -Infinity, model: start.student };
  let best: { verdict: Verdict; model: PolicyModel } | null = null;
  let stopped = false;
  let patience = PATIENCE;
  try {
    for (let look = 0; look < budget.looks; look++) {
      context.progress({ stage, done: look, total: budget.looks, unit: 'looks' });
      stopped = await session.advance(budget.updatesPerLook);
      if (stopped) break;
      const model = session.current();
      context.offerPolicy((look + 1) * budget.updatesPerLook, () => model);
      const share = validation.quickShare(model);
      if (share >= quickest.share) quickest = { share, model };
      if (share >= keep - QUICK_SLACK) {
        const verdict = validation.judge(model);
        if (best === null || verdict.certainShare > best.verdict.certainShare) best = { verdict, model };
        if (best.verdict.certainShare >= 1 - GOOD_ENOUGH * (1 - keep)) break;
      }
      if (best !== null && best.verdict.certainShare >= keep && --patience === 0) break;
      if (budget.givenUp?.looks === look + 1 && quickest.share < budget.givenUp.below) break;
      if (await context.breathe()) {
        stopped = true;
        break;
      }
    }
  } finally {
    session.dispose();
  }
  const { share: quickShare } = quickest;
  return best !== null && best.verdict.certainShare >= keep
    ? { ...best, quickShare, accepted: true, stopped }
    : { model: quickest.model, verdict: null, quickShare, accepted: false, stopped };
}
