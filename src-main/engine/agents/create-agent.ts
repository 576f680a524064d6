// From a recipe to the agent that it asks for, whatever the algorithm.
import type { TrainRecipe, TrainRecipeOf } from '../../contract/recipe.ts';
import type { Spaces } from '../environments/environment.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { Agent } from './agent.ts';
import { DqnAgent } from './dqn/agent.ts';
import { plannedUpdates as plannedDqnUpdates } from './dqn/config.ts';
import { freshDqnModel, qNetwork } from './dqn/network.ts';
import { PolicyGradientAgent } from './policy-gradient/agent.ts';
import { plannedUpdates, type PolicyGradientSettings } from './policy-gradient/config.ts';
import { actorCritic, freshPolicyGradientModel } from './policy-gradient/network.ts';

export interface CreatedAgent {
  readonly agent: Agent;
  /** Environments that it plays in. */
  readonly environments: number;
  /** Of the whole run. */
  readonly plannedUpdates: number;
}

function settingsOf(recipe: TrainRecipeOf<'ppo' | 'a2c'>): PolicyGradientSettings {
  const { algorithm } = recipe;
  return algorithm === 'ppo' ? { algorithm, config: recipe.ppo } : { algorithm, config: recipe.a2c };
}

/**
 * The algorithm can learn in the environment, and the run is long enough for it to begin.
 * @throws ContinuousActionsError, ConvolutionInputError, NetworkShapeError, RunTooShortError
 */
export function checkTrainable(recipe: TrainRecipe, spaces: Spaces): void {
  if (recipe.algorithm === 'dqn') placeNetwork(qNetwork(recipe.dqn, spaces));
  else {
    const settings = settingsOf(recipe);
    actorCritic(settings.config, spaces);
    plannedUpdates(settings, recipe.steps);
  }
}

/** Updates of a whole run. @throws RunTooShortError */
export function updatesOf(recipe: TrainRecipe): number {
  return recipe.algorithm === 'dqn'
    ? plannedDqnUpdates(recipe.dqn, recipe.steps)
    : plannedUpdates(settingsOf(recipe), recipe.steps);
}

/**
 * An agent that knows nothing yet.
 * @param input.random forked for the initial weights, then for the agent
 * @throws what `checkTrainable` throws
 */
export function createAgent(input: {
  readonly recipe: TrainRecipe;
  readonly environment: Spaces;
  readonly backend: Backend;
  readonly random: Random;
}): CreatedAgent {
  const { recipe, environment, backend, random } = input;
  checkTrainable(recipe, environment);
  const totalSteps = recipe.steps;
  if (recipe.algorithm === 'dqn') {
    const { dqn: config } = recipe;
    const model = freshDqnModel(config, environment, random.fork());
    const options = { config, model, environments: 1, totalSteps, backend, random: random.fork() };
    return {
      agent: new DqnAgent(options),
      environments: 1,
      plannedUpdates: updatesOf(recipe),
    };
  }
  const settings = settingsOf(recipe);
  const model = freshPolicyGradientModel(settings, environment, random.fork());
  return {
    agent: new PolicyGradientAgent({ settings, model, totalSteps, backend, random: random.fork() }),
    environments: settings.config.environments,
    plannedUpdates: updatesOf(recipe),
  };
}
