// The automatic search: secateur chooses everything but what it is to go for.
import type { AutomaticMethod } from '../../../contract/recipe.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { hybrid } from '../granularity/hybrid.ts';
import { pruneInStages } from './prune-in-stages.ts';
import { pruneToBudget } from './prune-to-budget.ts';
import { pruneToReturn } from './prune-to-return.ts';

/** @throws NoLadderError, BudgetUnreachableError */
export function pruneAutomatically(input: PruningInput, { target }: AutomaticMethod): Promise<PruningOutcome> {
  switch (target.kind) {
    case 'return':
      return (input.granularity === hybrid ? pruneInStages : pruneToReturn)(input, target.keep);
    case 'bytes':
    case 'latency':
      return pruneToBudget(input, target);
  }
}
