// The automatic search: secateur chooses everything but what it is to go for.
import type { AutomaticMethod } from '../../../contract/recipe.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { pruneToBudget } from './prune-to-budget.ts';
import { pruneToReturn } from './prune-to-return.ts';

/** @throws NoLadderError, BudgetUnreachableError */
export function pruneAutomatically(input: PruningInput, { target }: AutomaticMethod): Promise<PruningOutcome> {
  switch (target.kind) {
    case 'return':
      return pruneToReturn(input, target.keep);
    case 'bytes':
    case 'latency':
      return pruneToBudget(input, target);
  }
}
