// Down a ladder of sparsities, healing at every rung, as long as what counts is kept: the return, or the agreement.
import type { PruningTrial } from '../../../contract/prune-report.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Granularity } from '../granularity/granularity.ts';
import { holdRung, leftAt } from './rung.ts';
import type { SearchGround } from './search-ground.ts';

/** A network that held, and the trial that says so. */
interface Held {
  readonly model: PolicyModel;
  readonly trial: PruningTrial;
}

export interface Descent {
  /** The last network that held; where none did, that which the descent began from. */
  readonly model: PolicyModel;
  /** All that held, on the way down. */
  readonly held: readonly Held[];
  readonly trials: readonly PruningTrial[];
  readonly stopped: boolean;
}

/**
 * Every rung starts from the network that the last one left, is cut down and healed towards the dense parent; the
 * descent ends at the first rung that cannot be held, or at the fewest elements that a network can have.
 * @param keep share of the dense return, or agreement with the dense policy
 */
export async function descend(
  ground: SearchGround,
  { granularity, from, keep }: { readonly granularity: Granularity; readonly from: PolicyModel; readonly keep: number },
): Promise<Descent> {
  const { ladder, total } = ground;
  const trials: PruningTrial[] = [];
  const held: Held[] = [];
  let model = from;
  for (const sparsity of ladder.sparsities) {
    const left = Math.max(ladder.fewest(model), leftAt(sparsity, total));
    // Surgery often takes more than was asked for: the rung is behind us already.
    if (left >= ladder.size(model)) continue;
    const outcome = await holdRung({ ...ground, granularity, sparsity: 1 - left / total, from: model, keep });
    trials.push(...outcome.trials);
    const stopped = outcome.result?.stopped ?? false;
    if (outcome.result === null || stopped) return { model, held, trials, stopped };
    // Every layer is down to what it has to keep: nothing can be cut any more.
    if (ladder.size(outcome.result.model) >= ladder.size(model)) break;
    model = outcome.result.model;
    held.push({ model, trial: outcome.trials.at(-1)! });
  }
  return { model, held, trials, stopped: false };
}
