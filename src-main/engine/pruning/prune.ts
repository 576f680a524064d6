// Pruning from end to end: choose, cut, heal, operate, prove, measure both. What a prune job does.
import { keptShare } from '../../contract/kept-share.ts';
import type { PruneReport } from '../../contract/prune-report.ts';
import type { PruneRecipe } from '../../contract/recipe.ts';
import { environments } from '../environments/registry.ts';
import { measureAgreement } from '../evaluation/agreement.ts';
import { collectStates } from '../evaluation/collect-states.ts';
import { EVALUATION_BATCH, instantiateModel, measureModel } from '../evaluation/measure-model.ts';
import { checkModelFits } from '../evaluation/model-fits.ts';
import { modelPolicy } from '../evaluation/policy.ts';
import { feasiblePruningRate } from '../evaluation/return-kept.ts';
import { compareReturns } from '../evaluation/return-statistics.ts';
import { checkDisjoint, takeSeeds } from '../evaluation/seeds.ts';
import { explainModel } from '../inspection/explain-model.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { carryOut, logSkipped, streamsOf } from './carry-out.ts';
import { playIn } from './experience.ts';
import { granularities } from './granularity/registry.ts';
import { checkLayers } from './manual-amounts.ts';
import { compactAt } from './surgery/compact-at.ts';
import { proveEqual } from './surgery/prove-equal.ts';

/** Visited states on which surgery is proven and agreement is measured. */
const PROOF_STATES = 2000;
const PROOF_EPISODES = 8;

/**
 * The compacted model and the report of how it came to be.
 * @param model as imported or trained; a critic is left behind, since it does not act
 * @throws ModelDoesNotFitError, SeedOverlapError, UnknownNameError, SurgeryMismatchError and those of the method
 */
export async function prune(input: {
  readonly model: PolicyModel;
  readonly recipe: PruneRecipe;
  readonly backend: Backend;
  readonly context: RunContext;
}): Promise<{ model: PolicyModel; report: PruneReport }> {
  const { recipe, backend, context } = input;
  const started = context.now();
  const environment = environments.get(recipe.environment);
  const granularity = granularities.get(recipe.granularity);
  const { seeds } = recipe;
  checkDisjoint(seeds);
  checkModelFits(input.model.description, environment);
  const streams = streamsOf(recipe.seed);
  const random = streams.rest;
  const dense = policyOnly(input.model);
  if (recipe.method.kind === 'manual') checkLayers({ dense, granularity }, recipe.method);
  const measure = (model: PolicyModel, own: Random, what: string): ReturnType<typeof measureModel> =>
    measureModel({ model, environment, seeds, backend, random: own, context, what });

  logSkipped(granularity, { model: dense, context });
  context.offerPolicy(0, () => dense);
  const denseMeasured = await measure(dense, streams.dense, 'the dense policy');
  const experience = playIn(environment, seeds);
  const pruning = { dense, experience, granularity, backend, random: streams.pruning, context };
  const outcome = await carryOut(pruning, recipe.method);
  const { pruned: masked, trials, budget, stopped } = outcome;

  const compacted = compactAt(masked, granularity);
  context.offerPolicy(0, () => compacted);
  const instances = [dense, compacted].map((model) => instantiateModel(backend, model));
  const [denseInstance, prunedInstance] = [instances[0]!, instances[1]!];
  const policies = [
    modelPolicy(denseInstance, dense.description),
    modelPolicy(prunedInstance, compacted.description),
  ] as const;
  const observations = collectStates({
    environment,
    policy: policies[1],
    seeds: takeSeeds(seeds.validation, Math.min(PROOF_EPISODES, seeds.validation.count)),
    maxStates: PROOF_STATES,
    random: random.fork(),
  });
  const observationSize = placeNetwork(dense.description.network).inputSize;
  const agreement = measureAgreement({ policies, observations, observationSize, batch: EVALUATION_BATCH });
  for (const instance of instances) instance.dispose();
  const states = observations.length / observationSize;
  const cutOut = proveEqual({ backend, masked, compacted, observations, count: states });

  const prunedMeasured = await measure(compacted, random.fork(), 'the pruned policy');
  const kept = (purpose: 'validation' | 'test'): number =>
    keptShare({
      dense: denseMeasured[purpose].summary.mean,
      pruned: prunedMeasured[purpose].summary.mean,
      worst: environment.worstReturn,
    });
  const target = recipe.method.kind === 'automatic' ? recipe.method.target : null;
  const keep = target?.kind === 'return' ? target.keep : null;
  const report: PruneReport = {
    environment: environment.id,
    granularity: granularity.id,
    method: recipe.method.kind,
    backend: backend.version,
    keep,
    budget,
    dense: denseMeasured,
    pruned: { ...prunedMeasured, test: { ...prunedMeasured.test, agreement } },
    testDifference: compareReturns(
      { child: prunedMeasured.test.returns, parent: denseMeasured.test.returns },
      { random: random.fork() },
    ),
    keptOnValidation: kept('validation'),
    keptOnTest: kept('test'),
    trials: [...trials],
    feasiblePruningRate: feasiblePruningRate(
      trials.filter(({ accepted }) => accepted),
      keep ?? undefined,
    ),
    surgery: { states, largestDifference: Math.max(cutOut, outcome.largestDifference ?? 0) },
    explanation: explainModel(compacted, environment),
    stopped,
    seconds: (context.now() - started) / 1000,
  };
  return { model: compacted, report };
}
