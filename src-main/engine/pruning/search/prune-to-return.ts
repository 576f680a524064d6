// The search for the smallest: down a ladder of sparsities, healing at every rung, as long as the return holds.
import type { PruningTrial } from '../../../contract/prune-report.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { holdRung, leftAt } from './rung.ts';
import { searchGround } from './search-ground.ts';

/**
 * Every rung starts from the network that the last one left, is cut down and healed towards the dense parent; the
 * search ends at the first rung that cannot be held. Work is counted in updates and episodes, never in seconds, so that
 * the same seed gives the same network whatever the clock says.
 * @param keep share of the dense return
 * @throws NoLadderError
 */
export async function pruneToReturn(input: PruningInput, keep: number): Promise<PruningOutcome> {
  const { granularity } = input;
  const { ladder, parent, restore, total, observations, validation, recovery } = searchGround(input);
  const trials: PruningTrial[] = [];
  let current = parent;
  let stopped = false;
  for (const sparsity of ladder.sparsities) {
    const left = leftAt(sparsity, total);
    if (left < ladder.fewest(parent)) break;
    // Surgery often takes more than was asked for: the rung is behind us already.
    if (left >= ladder.size(current)) continue;
    const rung = { ladder, granularity, sparsity, total, from: current, recovery, observations, validation, keep };
    const outcome = await holdRung(rung);
    trials.push(...outcome.trials);
    stopped = outcome.result?.stopped ?? false;
    if (outcome.result === null || stopped) break;
    current = outcome.result.model;
  }
  return { pruned: restore(current), trials, budget: null, stopped };
}
