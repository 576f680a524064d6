// Whether a recipe can be carried out, found out before anything is stored or computed for it.
import type { ModelDescription } from '../contract/model.ts';
import type { PruneRecipe, Recipe } from '../contract/recipe.ts';
import { checkTrainable, updatesOf } from './agents/create-agent.ts';
import { environments } from './environments/registry.ts';
import { checkModelFits } from './evaluation/model-fits.ts';
import { checkDisjoint } from './evaluation/seeds.ts';
import { allocations } from './pruning/allocation/registry.ts';
import { criteria } from './pruning/criteria/registry.ts';
import { checkMultiple } from './pruning/allocation/multiples.ts';
import { checkCanRank, checkSpreads } from './pruning/granularity/granularity.ts';
import { hybrid } from './pruning/granularity/hybrid.ts';
import { granularities } from './pruning/granularity/registry.ts';
import { checkMoves } from './pruning/movement.ts';
import { checkTrainingPruning } from './pruning/check-training-pruning.ts';
import { recoveries } from './pruning/recovery/registry.ts';
import { checkRewinds } from './pruning/recovery/rewind.ts';
import { ladderOf } from './pruning/search/ladder.ts';
import { checkSpace } from './pruning/search/plan-search.ts';
import { schedules } from './pruning/schedules/registry.ts';

function checkPruning({ granularity, method }: PruneRecipe): void {
  if (method.kind === 'automatic') {
    const chosen = granularities.get(granularity);
    if (chosen !== hybrid || method.target.kind !== 'return') ladderOf(chosen);
    return;
  }
  const pieces = granularities.get(granularity);
  checkCanRank(criteria.get(method.criterion), pieces);
  checkSpreads(allocations.get(method.allocation), pieces);
  schedules.get(method.schedule);
  const recovery = recoveries.get(method.recovery.method);
  checkRewinds(method.rewind, { schedule: method.schedule, recovery: recovery.id, granularity: pieces });
  checkMultiple(method.multiple, pieces);
  if (criteria.get(method.criterion).needs === 'movement') checkMoves(recovery, method.recovery.updates);
}

/**
 * Every name is known, what is combined can be, and no episode is used twice.
 * @throws UnknownNameError, NOfMPatternError, CriterionGranularityError, NoLadderError, SeedOverlapError,
 *   NothingToSpreadError, NothingToRewindError, RewoundLayersError, MultipleOfWeightsError,
 *   RepeatedChoiceError, UnusableChoiceError,
 *   ContinuousActionsError, RunTooShortError, MovementWithoutTrainingError, and what `checkTrainingPruning` throws
 */
export function checkRecipe(recipe: Recipe): void {
  if (recipe.environment !== null) environments.get(recipe.environment);
  if (recipe.kind !== 'export') checkDisjoint(recipe.seeds);
  if (recipe.kind === 'prune') checkPruning(recipe);
  if (recipe.kind === 'search') checkSpace(recipe.space);
  if (recipe.kind === 'train') {
    checkTrainable(recipe, environments.get(recipe.environment));
    if (recipe.pruning !== null) checkTrainingPruning(recipe.pruning, updatesOf(recipe));
  }
}

/**
 * The model can act where the recipe has it act, and heal as it has it heal.
 * @throws UnknownNameError, ModelDoesNotFitError, RecyclingAlgorithmError
 */
export function checkRecipeFits(recipe: Recipe, description: ModelDescription): void {
  if (recipe.environment !== null) checkModelFits(description, environments.get(recipe.environment));
  if (recipe.kind !== 'prune' || recipe.method.kind !== 'manual') return;
  recoveries.get(recipe.method.recovery.method).check?.(description);
}
