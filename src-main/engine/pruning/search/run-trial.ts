// One trial of a search: a recipe's pruning, cut out and played on the first few validation episodes.
import type { PruneRecipe } from '../../../contract/recipe.ts';
import type { TrialMeasurement } from '../../../contract/search.ts';
import { environments } from '../../environments/registry.ts';
import { firstObservation, latencyOf } from '../../evaluation/measure-model.ts';
import { summarizeReturns } from '../../evaluation/return-statistics.ts';
import { checkDisjoint } from '../../evaluation/seeds.ts';
import { writeModel } from '../../formats/safetensors/model-file.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { policyOnly } from '../../networks/select-head.ts';
import type { Backend } from '../../numerics/backend.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { RunContext } from '../../run-context.ts';
import { playIn } from '../experience.ts';
import { carryOut, streamsOf } from '../carry-out.ts';
import { granularities } from '../granularity/registry.ts';
import { compactAt } from '../surgery/compact-at.ts';
import { Validation } from './validation.ts';

/** The person stopped it: half a trial says nothing. */
export class TrialStoppedError extends SecateurError {
  readonly kind = 'cancelled';

  constructor() {
    super('the trial was stopped before it was finished', 'Resume the search, and it is made again.');
  }
}

/**
 * The model is the same that a prune job makes of the recipe; a latency that decides on the way apart.
 * @param episodes of validation to be played, from the first on; recovery with an eye on the return sees all of them
 * @throws TrialStoppedError and those of the method
 */
export async function runTrial(input: {
  readonly model: PolicyModel;
  readonly recipe: PruneRecipe;
  readonly episodes: number;
  readonly timed: boolean;
  readonly backend: Backend;
  readonly context: RunContext;
}): Promise<{ model: PolicyModel; measured: TrialMeasurement }> {
  const { recipe, episodes, timed, backend, context } = input;
  const environment = environments.get(recipe.environment);
  const granularity = granularities.get(recipe.granularity);
  checkDisjoint(recipe.seeds);
  const { pruning, rest } = streamsOf(recipe.seed);
  const dense = policyOnly(input.model);
  const experience = playIn(environment, recipe.seeds);
  const { pruned, stopped } = await carryOut(
    { dense, experience, granularity, backend, random: pruning, context },
    recipe.method,
  );
  if (stopped) throw new TrialStoppedError();
  const model = compactAt(pruned, granularity);
  const { network } = model.description;
  const { nonzeroWeights, hiddenUnits } = countNetwork(network, model.parameters, model.masks);
  const seeds = { ...recipe.seeds.validation, count: episodes };
  const validation = new Validation({ ...experience, dense, seeds, backend, random: rest });
  const { returns, meanReturn, keptShare, certainShare } = validation.judge(model);
  return {
    model,
    measured: {
      weights: nonzeroWeights,
      hiddenUnits,
      bytes: writeModel(model).length,
      latency: timed ? latencyOf({ model, observation: firstObservation(environment), backend, context }) : null,
      meanReturn,
      meanInterval: summarizeReturns(returns, { random: rest }).meanInterval,
      keptShare,
      certainShare,
    },
  };
}
