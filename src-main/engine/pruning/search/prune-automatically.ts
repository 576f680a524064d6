// The automatic search: down a ladder of sparsities, healing at every rung, as long as the return on validation holds.
import type { AutomaticMethod } from '../../../contract/recipe.ts';
import type { PruningTrial } from '../../../contract/prune-report.ts';
import { collectStates } from '../../evaluation/collect-states.ts';
import { exploringPolicy } from '../../evaluation/exploring-policy.ts';
import { modelPolicy } from '../../evaluation/policy.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { sizeOf } from '../../networks/shapes.ts';
import { inputStatistics, restoreInputs, standardizeInputs } from '../../networks/standardize-inputs.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { distill } from '../recovery/distill/distill.ts';
import { evolve } from '../recovery/evolve.ts';
import { trainingSeeds } from '../training-seeds.ts';
import { unitGroups } from '../units.ts';
import { cutDown, ladderOf } from './ladder.ts';
import { recoverUntilAccepted, type Recovered } from './recover-until-accepted.ts';
import { Validation } from './validation.ts';

/** Six looks of 250 updates each suffice where distillation can do it at all. */
const DISTILLATION_BUDGET = { recovery: distill, updatesPerLook: 250, looks: 6 };
/** What distillation leaves short, evolution on the return finishes: networks are small by then. */
const EVOLUTION_BUDGET = { recovery: evolve, updatesPerLook: 5, looks: 12 };

const STATES = 4000;
const EPISODES = 8;
/** Share of random actions while states are collected: the neighbourhood of the policy's own path. */
const EPSILON = 0.1;

/**
 * Every rung starts from the network that the last one left, is cut by the rung's first criterion, distilled from the
 * dense parent, and evolved on the return if that was not enough; a rung that does not hold is tried again with another
 * ranking, and the search ends at the first rung that cannot be held at all. Amounts of work are counted in updates and
 * episodes, never in seconds, so that the same seed gives the same network on any machine's clock.
 */
export async function pruneAutomatically(input: PruningInput, { keep }: AutomaticMethod): Promise<PruningOutcome> {
  const { dense, environment, granularity, seeds, backend, random, context } = input;
  const ladder = ladderOf(granularity);
  const nextTrainingSeed = trainingSeeds(seeds.train);
  const validation = new Validation({ dense, environment, seeds: seeds.validation, backend, random });

  const instance = backend.instantiate(dense.description.network, dense.parameters, { maxBatch: EPISODES });
  const policy = modelPolicy(instance, dense.description);
  const observations = collectStates({
    environment,
    policy: exploringPolicy({ policy, environment, epsilon: EPSILON, random }),
    seeds: Array.from({ length: EPISODES }, nextTrainingSeed),
    maxStates: STATES,
    random,
  });
  instance.dispose();
  const inputs = inputStatistics(observations, sizeOf(dense.description.network.input.shape));
  const parent = standardizeInputs(dense, inputs);

  const total = ladder.size(parent);
  const fewest = granularity.id === 'neuron' ? unitGroups(dense.description.network).length : 1;
  const trials: PruningTrial[] = [];
  let current: PolicyModel = parent;
  let stopped = false;

  const climb = async (sparsity: number): Promise<Recovered | null> => {
    const left = Math.floor((1 - sparsity) * total + 1e-9);
    for (const criterion of ladder.criteria) {
      const student = cutDown({
        model: current,
        ladder,
        granularity,
        criterion,
        left,
        backend,
        observations,
        random,
      });
      const start = {
        backend,
        environment,
        parent,
        student,
        trainSeeds: seeds.train,
        nextTrainingSeed,
        random,
        context,
      };
      const percent = `${(100 * sparsity).toFixed(1)} % of the ${granularity.id}s removed`;
      let how = 'distillation';
      let result = await recoverUntilAccepted({
        start,
        budget: DISTILLATION_BUDGET,
        validation,
        keep,
        stage: `${percent}: distilling`,
      });
      if (!result.accepted && !result.stopped) {
        how = 'distillation, then evolution';
        result = await recoverUntilAccepted({
          start: { ...start, student: result.model },
          budget: EVOLUTION_BUDGET,
          validation,
          keep,
          stage: `${percent}: evolving`,
        });
      }
      if (result.stopped) return result;
      const verdict = result.verdict ?? validation.judge(result.model);
      const count = countNetwork(result.model.description.network, result.model.parameters, result.model.masks);
      trials.push({
        sparsity: 1 - ladder.size(result.model) / total,
        weights: count.nonzeroWeights,
        hiddenUnits: count.hiddenUnits,
        recovery: how,
        meanReturn: verdict.meanReturn,
        keptShare: verdict.keptShare,
        accepted: result.accepted,
      });
      context.log(
        'info',
        `${percent}: ${how} by ${criterion.id}: return ${verdict.meanReturn.toFixed(1)}, ${result.accepted ? 'kept' : 'not kept'}`,
      );
      if (result.accepted) return result;
    }
    return null;
  };

  for (const sparsity of ladder.sparsities) {
    const left = Math.floor((1 - sparsity) * total + 1e-9);
    if (left < fewest) break;
    // Surgery often takes more than was asked for: the rung is behind us already.
    if (left >= ladder.size(current)) continue;
    const result = await climb(sparsity);
    if (result === null || result.stopped) {
      stopped = result?.stopped ?? false;
      break;
    }
    current = result.model;
  }
  return { pruned: restoreInputs(current, inputs), trials, stopped };
}
