// The automatic search: down a ladder of sparsities, healing at every rung, as long as the return on validation holds.
import type { AutomaticMethod } from '../../../contract/recipe.ts';
import type { PruningTrial } from '../../../contract/prune-report.ts';
import { sizeOf } from '../../networks/shapes.ts';
import { inputStatistics, restoreInputs, standardizeInputs } from '../../networks/standardize-inputs.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { trainingSeeds } from '../training-seeds.ts';
import { visitedStates } from '../visited-states.ts';
import { ladderOf } from './ladder.ts';
import { holdRung, leftAt } from './rung.ts';
import { Validation } from './validation.ts';

/** Share of random actions while states are collected: the neighbourhood of the policy's own path. */
const EPSILON = 0.1;

/**
 * Every rung starts from the network that the last one left, is cut down and healed towards the dense parent; the
 * search ends at the first rung that cannot be held. Inputs are standardised inside, so that one learning rate fits all
 * units of measure. Work is counted in updates and episodes, never in seconds, so that the same seed gives the same
 * network whatever the clock says.
 * @throws NoLadderError
 */
export async function pruneAutomatically(input: PruningInput, { keep }: AutomaticMethod): Promise<PruningOutcome> {
  const { dense, environment, granularity, seeds, backend, random, context } = input;
  const ladder = ladderOf(granularity);
  const nextTrainingSeed = trainingSeeds(seeds.train);
  const validation = new Validation({ dense, environment, seeds: seeds.validation, backend, random });
  const observations = visitedStates({
    model: dense,
    environment,
    backend,
    nextTrainingSeed,
    epsilon: EPSILON,
    random,
  });
  const inputs = inputStatistics(observations, sizeOf(dense.description.network.input.shape));
  const parent = standardizeInputs(dense, inputs);
  const recovery = { backend, environment, parent, trainSeeds: seeds.train, nextTrainingSeed, random, context };

  const total = ladder.size(parent);
  const trials: PruningTrial[] = [];
  let current = parent;
  let stopped = false;
  for (const sparsity of ladder.sparsities) {
    const left = leftAt(sparsity, total);
    if (left < ladder.fewest(parent)) break;
    // Surgery often takes more than was asked for: the rung is behind us already.
    if (left >= ladder.size(current)) continue;
    const rung = { ladder, granularity, sparsity, total, from: current, recovery, observations, validation, keep };
    const outcome = await holdRung(rung);
    trials.push(...outcome.trials);
    stopped = outcome.result?.stopped ?? false;
    if (outcome.result === null || stopped) break;
    current = outcome.result.model;
  }
  return { pruned: restoreInputs(current, inputs), trials, stopped };
}
