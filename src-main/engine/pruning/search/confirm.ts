// What the search has found is polished, and has to hold in episodes that nothing was chosen by; or it goes back a rung.
import type { PruningTrial } from '../../../contract/prune-report.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { ranked } from '../ranked.ts';
import { distillOn } from '../recovery/distill/distill-on.ts';
import type { Descent } from './descend.ts';
import type { SearchGround } from './search-ground.ts';

const POLISHING = { looks: 6, updatesPerLook: 1000 };

type Ground = Pick<SearchGround, 'validation' | 'recovery'>;

/**
 * The search took what was good enough, often at first sight: of the policies that further distillation comes by, and the
 * one that it began from, the one that keeps most.
 */
async function polish({ validation, recovery }: Ground, student: PolicyModel): Promise<PolicyModel> {
  const looks = await distillOn({ ...recovery, student }, { ...POLISHING, stage: 'polishing' });
  const [best] = await ranked(looks, (model) => validation.score(model), recovery.context);
  return best!.model;
}

/**
 * The last network that, polished, holds in fresh episodes as well, with the trials that say so.
 * @param descent down to its end: what a person stopped is kept as it is
 * @param from where it began, and what is left where nothing is confirmed
 * @param keep share of the dense return, or agreement with the dense policy
 */
export async function confirm(
  ground: Ground,
  { held, trials }: Pick<Descent, 'held' | 'trials'>,
  { from, keep }: { readonly from: PolicyModel; readonly keep: number },
): Promise<Pick<Descent, 'model' | 'trials'>> {
  const { validation, recovery } = ground;
  const refuted = new Set<PruningTrial>();
  const told = (): PruningTrial[] => trials.map((one) => (refuted.has(one) ? { ...one, accepted: false } : one));
  for (const { model, trial } of held.toReversed()) {
    const polished = await polish(ground, model);
    if (validation.confirms(polished, keep)) {
      if (polished === model) return { model, trials: told() };
      const { meanReturn, keptShare } = validation.judge(polished);
      return {
        model: polished,
        trials: [...told(), { ...trial, recovery: `${trial.recovery}, polished`, meanReturn, keptShare }],
      };
    }
    refuted.add(trial);
    recovery.context.log(
      'info',
      `${(100 * trial.sparsity).toFixed(2)} % removed does not hold in fresh episodes: one rung back`,
    );
  }
  return { model: from, trials: told() };
}
