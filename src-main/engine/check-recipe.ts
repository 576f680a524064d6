// Whether a recipe can be carried out, found out before anything is stored or computed for it.
import type { ModelDescription } from '../contract/model.ts';
import type { PruneRecipe, Recipe, TrainingPruning } from '../contract/recipe.ts';
import { environments } from './environments/registry.ts';
import { checkModelFits } from './evaluation/model-fits.ts';
import { checkDisjoint } from './evaluation/seeds.ts';
import { allocations } from './pruning/allocation/registry.ts';
import { criteria } from './pruning/criteria/registry.ts';
import { granularities } from './pruning/granularity/registry.ts';
import { recoveries } from './pruning/recovery/registry.ts';
import { schedules } from './pruning/schedules/registry.ts';

function checkChoices(choices: Pick<TrainingPruning, 'criterion' | 'allocation' | 'schedule'>): void {
  criteria.get(choices.criterion);
  allocations.get(choices.allocation);
  schedules.get(choices.schedule);
}

function checkPruning({ granularity, method }: PruneRecipe): void {
  granularities.get(granularity);
  if (method.kind === 'automatic') return;
  checkChoices(method);
  recoveries.get(method.recovery.method);
}

/**
 * Every name is known, and no episode is used twice.
 * @throws UnknownNameError, SeedOverlapError
 */
export function checkRecipe(recipe: Recipe): void {
  if (recipe.environment !== null) environments.get(recipe.environment);
  if (recipe.kind !== 'export') checkDisjoint(recipe.seeds);
  if (recipe.kind === 'prune') checkPruning(recipe);
  if (recipe.kind === 'train' && recipe.pruning !== null) {
    granularities.get(recipe.pruning.granularity);
    checkChoices(recipe.pruning);
  }
}

/**
 * The model can act where the recipe has it act.
 * @throws UnknownNameError, ModelDoesNotFitError
 */
export function checkRecipeFits(recipe: Recipe, description: ModelDescription): void {
  if (recipe.environment !== null) checkModelFits(description, environments.get(recipe.environment));
}
