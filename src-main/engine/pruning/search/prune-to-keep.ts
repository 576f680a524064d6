// The search for the smallest: down a ladder of sparsities, and what holds there is polished and confirmed.
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { confirm } from './confirm.ts';
import { descend } from './descend.ts';
import { searchGround } from './search-ground.ts';

/**
 * Work is counted in updates and episodes, never in seconds, so that the same seed gives the same network whatever the
 * clock says.
 * @param keep share of the dense return, or agreement with the dense policy
 * @throws NoLadderError
 */
export async function pruneToKeep(input: PruningInput, keep: number): Promise<PruningOutcome> {
  const ground = searchGround(input);
  const from = ground.parent;
  const descent = await descend(ground, { granularity: input.granularity, from, keep });
  const { model, trials } = descent.stopped ? descent : await confirm(ground, descent, { from, keep });
  return { pruned: ground.restore(model), trials, budget: null, stopped: descent.stopped };
}
