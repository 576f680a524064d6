// The one way to do anything that takes time: a recipe in, an outcome out, everything in between in the store.
import type { Recipe } from '../contract/recipe.ts';
import type { RunControl } from './run-control.ts';
import { runEvaluate, type EvaluateOutcome } from './run-evaluate.ts';
import { runExport, type ExportOutcome } from './run-export.ts';
import { runPrune, type PruneOutcome } from './run-prune.ts';
import { runSearch, type SearchOutcome } from './run-search.ts';
import { runTrain, type TrainOutcome } from './run-train.ts';
import type { Services, Watch } from './services.ts';

export type RunOutcome = PruneOutcome | SearchOutcome | TrainOutcome | EvaluateOutcome | ExportOutcome;

/**
 * Runs a recipe to its end. What was finished before a failure stays: an imported model, a pruned model whose export
 * could not be written.
 * @throws a SecateurError
 */
export function runRecipe(services: Services, recipe: Recipe, control: RunControl, watch: Watch): Promise<RunOutcome> {
  switch (recipe.kind) {
    case 'prune':
      return runPrune(services, recipe, control, watch);
    case 'search':
      return runSearch(services, recipe, control, watch);
    case 'train':
      return runTrain(services, recipe, control, watch);
    case 'evaluate':
      return runEvaluate(services, recipe, control, watch);
    case 'export':
      return runExport(services, recipe, control, watch);
  }
}
