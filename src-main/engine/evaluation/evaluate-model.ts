// An evaluation on request: a model, perhaps a baseline, the same episodes for both.
import type { EvaluationReport } from '../../contract/evaluation.ts';
import type { EvaluateRecipe } from '../../contract/recipe.ts';
import { environments } from '../environments/registry.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { measureAgreement } from './agreement.ts';
import { collectStates } from './collect-states.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { measureLatency } from './latency.ts';
import { EVALUATION_BATCH, firstObservation, instantiateModel, singleInference } from './measure-model.ts';
import { checkModelFits } from './model-fits.ts';
import { modelPolicy } from './policy.ts';
import { checkDisjoint, takeSeeds } from './seeds.ts';

const AGREEMENT_EPISODES = 8;
const AGREEMENT_STATES = 2000;

/**
 * Reports on the model and, where there is one, on the baseline; agreement is measured on states that the model visits.
 * @throws ModelDoesNotFitError, SeedOverlapError, EvaluationStoppedError
 */
export async function evaluateModel(input: {
  readonly model: PolicyModel;
  readonly baseline: PolicyModel | null;
  readonly recipe: EvaluateRecipe;
  readonly backend: Backend;
  readonly context: RunContext;
}): Promise<{ report: EvaluationReport; baseline: EvaluationReport | null }> {
  const { recipe, backend, context } = input;
  const environment = environments.get(recipe.environment);
  checkDisjoint(recipe.seeds);
  const random = new Random(recipe.seed);
  const seeds = recipe.seeds[recipe.purpose];
  const opened = [input.model, input.baseline]
    .filter((model) => model !== null)
    .map((candidate) => {
      checkModelFits(candidate.description, environment);
      const model = policyOnly(candidate);
      const instance = instantiateModel(backend, model);
      return { instance, policy: modelPolicy(instance, model.description), model };
    });
  try {
    const observation = firstObservation(environment);
    const reports: EvaluationReport[] = [];
    for (const [i, { instance, policy }] of opened.entries()) {
      const stage = `${i === 0 ? 'the model' : 'the baseline'} on ${recipe.purpose} seeds`;
      const report = await evaluatePolicy({
        environment,
        policy,
        seeds,
        parallel: EVALUATION_BATCH,
        random: random.fork(),
        deterministic: true,
        breathe: () => context.breathe(),
        onStep: (done) => {
          context.progress({ stage, done, total: seeds.count, unit: 'episodes' });
        },
      });
      const latency = measureLatency({ run: singleInference(instance, observation), now: () => context.now() });
      reports.push({ ...report, latency });
    }
    const [model, baseline] = opened;
    if (model === undefined || baseline === undefined) return { report: reports[0]!, baseline: null };
    const observations = collectStates({
      environment,
      policy: model.policy,
      seeds: takeSeeds(seeds, Math.min(AGREEMENT_EPISODES, seeds.count)),
      maxStates: AGREEMENT_STATES,
      random,
    });
    const agreement = measureAgreement({
      policies: [model.policy, baseline.policy],
      observations,
      observationSize: placeNetwork(model.model.description.network).inputSize,
      batch: EVALUATION_BATCH,
    });
    return { report: { ...reports[0]!, agreement }, baseline: reports[1]! };
  } finally {
    for (const { instance } of opened) instance.dispose();
  }
}
