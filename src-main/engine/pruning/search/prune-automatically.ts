// The automatic search: secateur chooses everything but what it is to go for.
import type { AnyPruneRecipe } from '../../../contract/recipe.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { hybrid } from '../granularity/hybrid.ts';
import { pruneInStages } from './prune-in-stages.ts';
import { pruneToBudget } from './prune-to-budget.ts';
import { pruneToKeep } from './prune-to-keep.ts';

type AutomaticChoice = Extract<AnyPruneRecipe['method'], { kind: 'automatic' }>;

/** @throws NoLadderError, BudgetUnreachableError */
export function pruneAutomatically(input: PruningInput, { target }: AutomaticChoice): Promise<PruningOutcome> {
  switch (target.kind) {
    case 'return':
    case 'agreement':
      return (input.granularity === hybrid ? pruneInStages : pruneToKeep)(input, target.keep);
    case 'bytes':
    case 'latency':
      return pruneToBudget(input, target);
  }
}
