// Whether a recipe can be carried out, found out before anything is stored or computed for it.
import {
  environmentIn,
  type AnyPruneRecipe,
  type DataPruneRecipe,
  type Recipe,
  type TrainRecipe,
} from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { checkTrainable, updatesOf } from './agents/create-agent.ts';
import type { EnvironmentDefinition } from './environments/environment.ts';
import { environments } from './environments/registry.ts';
import { checkModelFits } from './evaluation/model-fits.ts';
import { checkDisjoint } from './evaluation/seeds.ts';
import type { PolicyModel } from './networks/model.ts';
import { policyOnly } from './networks/select-head.ts';
import { allocations } from './pruning/allocation/registry.ts';
import { criteria } from './pruning/criteria/registry.ts';
import { checkMultiple } from './pruning/allocation/multiples.ts';
import { checkCanRank, checkSpreads } from './pruning/granularity/granularity.ts';
import { checkDivides, hybrid } from './pruning/granularity/hybrid.ts';
import { NothingToPlayError } from './pruning/experience.ts';
import { granularities } from './pruning/granularity/registry.ts';
import { checkLayers } from './pruning/manual-amounts.ts';
import { checkMoves } from './pruning/movement.ts';
import { checkTrainingPruning } from './pruning/check-training-pruning.ts';
import { checkSchedule } from './pruning/prune-by-hand.ts';
import { recoveries } from './pruning/recovery/registry.ts';
import { checkRewinds } from './pruning/recovery/rewind.ts';
import { ladderOf } from './pruning/search/ladder.ts';
import { checkSpace } from './pruning/search/plan-search.ts';

/** Worlds that are stepped together by somebody else cannot be shared out. */
export class NoEnvironmentThreadsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(environment: string) {
    super(
      `environmentThreads: the worlds of ${environment} are stepped together in a process of their own`,
      'Leave the threads out; they are for the environments that are built in.',
    );
  }
}

/** Nothing of the method plays. @throws UnknownNameError, NothingToPlayError */
function checkPlaysNothing({ method }: DataPruneRecipe): void {
  if (method.kind === 'automatic') return;
  const recovery = recoveries.get(method.recovery.method);
  if (recovery.needsReturns) {
    const others = recoveries.all.filter(({ needsReturns }) => !needsReturns);
    throw new NothingToPlayError(
      `the recovery "${recovery.id}"`,
      others.map(({ id }) => id),
    );
  }
  const criterion = criteria.get(method.criterion);
  if (criterion.needs === 'return') {
    const others = criteria.all.filter(({ needs }) => needs !== 'return');
    throw new NothingToPlayError(
      `the criterion "${criterion.id}"`,
      others.map(({ id }) => id),
    );
  }
  const allocation = allocations.get(method.allocation);
  if (allocation.needs === 'sensitivity') {
    const others = allocations.all.filter(({ needs }) => needs !== 'sensitivity');
    throw new NothingToPlayError(
      `the allocation "${allocation.id}"`,
      others.map(({ id }) => id),
    );
  }
}

function checkThreads({ environmentThreads = 1 }: TrainRecipe, { id, createWorlds }: EnvironmentDefinition): void {
  if (environmentThreads > 1 && createWorlds !== undefined) throw new NoEnvironmentThreadsError(id);
}

function checkPruning({ granularity, method }: AnyPruneRecipe): void {
  if (method.kind === 'automatic') {
    const chosen = granularities.get(granularity);
    const byWhatIsKept = method.target.kind === 'return' || method.target.kind === 'agreement';
    if (chosen !== hybrid || !byWhatIsKept) ladderOf(chosen);
    return;
  }
  const pieces = granularities.get(granularity);
  checkCanRank(criteria.get(method.criterion), pieces);
  checkSpreads(allocations.get(method.allocation), pieces);
  checkSchedule(method);
  if (pieces === hybrid) checkDivides(method.amount);
  const recovery = recoveries.get(method.recovery.method);
  checkRewinds(method.rewind, { schedule: method.schedule, recovery: recovery.id, granularity: pieces });
  checkMultiple(method.multiple, pieces);
  if (criteria.get(method.criterion).needs === 'movement') {
    checkMoves({ recovery, allocation: allocations.get(method.allocation) }, method.recovery.updates);
  }
}

/**
 * Every name is known, what is combined can be, and no episode is used twice.
 * @throws UnknownNameError, NOfMPatternError, CriterionGranularityError, NoLadderError, SeedOverlapError,
 *   NothingToSpreadError, ThresholdScheduleError, HybridAmountError, NothingToRewindError, RewoundLayersError, MultipleOfWeightsError, NothingToPlayError,
 *   RepeatedChoiceError, UnusableChoiceError,
 *   ContinuousActionsError, RunTooShortError, NoEnvironmentThreadsError, MovementWithoutTrainingError,
 *   MovementBeforeTrainingError, and what `checkTrainingPruning` throws
 */
export function checkRecipe(recipe: Recipe): void {
  const environment = environmentIn(recipe);
  if (environment !== null) environments.get(environment);
  if ('seeds' in recipe) checkDisjoint(recipe.seeds);
  if (recipe.kind === 'prune') checkPruning(recipe);
  if (recipe.kind === 'prune' && recipe.basis === 'observations') checkPlaysNothing(recipe);
  if (recipe.kind === 'search') checkSpace(recipe.space);
  if (recipe.kind === 'train') {
    const environment = environments.get(recipe.environment);
    checkTrainable(recipe, environment);
    checkThreads(recipe, environment);
    if (recipe.pruning !== null) checkTrainingPruning(recipe.pruning, updatesOf(recipe));
  }
}

/**
 * The model can act where the recipe has it act, has what is to be removed, and can heal as the recipe has it heal.
 * @throws UnknownNameError, ModelDoesNotFitError, NoSuchUnitsError, RecyclingAlgorithmError, and what `checkLayers` throws
 */
export function checkRecipeFits(recipe: Recipe, model: PolicyModel): void {
  const { description } = model;
  const environment = environmentIn(recipe);
  if (environment !== null) checkModelFits(description, environments.get(environment));
  if (recipe.kind !== 'prune') return;
  const { method } = recipe;
  const granularity = granularities.get(recipe.granularity);
  const dense = policyOnly(model);
  granularity.check?.(dense.description.network);
  if (method.kind !== 'manual') return;
  recoveries.get(method.recovery.method).check?.(description);
  checkLayers({ dense, granularity }, method);
}
