// Training from end to end: a fresh agent, its loop, a learning curve on validation seeds, and the best policy of all.
import type { EvaluationReport } from '../../contract/evaluation.ts';
import { METRIC } from '../../contract/metric-names.ts';
import type { TrainRecipe } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { createAgent } from '../agents/create-agent.ts';
import { environments } from '../environments/registry.ts';
import { VectorEnvironment } from '../environments/vector-environment.ts';
import { evaluatePolicy } from '../evaluation/evaluate-policy.ts';
import { EVALUATION_BATCH, instantiateModel } from '../evaluation/measure-model.ts';
import { modelPolicy } from '../evaluation/policy.ts';
import { summarizeReturns } from '../evaluation/return-statistics.ts';
import { runEpisodes } from '../evaluation/run-episodes.ts';
import { checkDisjoint, takeSeeds } from '../evaluation/seeds.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Backend } from '../numerics/backend.ts';
import { NonFiniteError } from '../numerics/non-finite-error.ts';
import type { PruningInTraining } from '../pruning/training-to-prune.ts';
import { healTrained } from '../pruning/heal-trained.ts';
import { pruningInTraining } from '../pruning/pruning-in-training.ts';
import { granularities } from '../pruning/granularity/registry.ts';
import { compact } from '../pruning/surgery/compact.ts';
import { compactAt } from '../pruning/surgery/compact-at.ts';
import { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { resumeFrom, takeCheckpoint } from './checkpoint.ts';
import { BestPolicies, type CurvePoint } from './best-policies.ts';
import { PeriodicEvaluation } from './periodic-evaluation.ts';
import { Throughput } from './throughput.ts';
import { TrainingLoop, type TrainingLoopOptions } from './training-loop.ts';
import type { TrainingProgress } from './training-observer.ts';

/** Points of the learning curve, and episodes of each. */
const CURVE_POINTS = 25;
const CURVE_EPISODES = 20;
/** Policies that may teach a pruned one: the few episodes of the curve do not tell which of the best is the best. */
const TEACHERS = 3;
/** Updates between two reports of what the agent says of its updates: losses and the like. */
const METRICS_EVERY = 100;

type MasksAt = NonNullable<TrainingLoopOptions['masksAt']>;

/** A run that is not pruned. */
const NOTHING_PRUNED: PruningInTraining = {
  begin: null,
  masksAt: null,
  masksByGradients: null,
  memory: null,
  sparseFrom: 0,
};

export interface TrainedModel {
  /** The policy with the best validation return of the run; compacted when it was pruned on the way. */
  readonly model: PolicyModel;
  readonly validation: EvaluationReport;
  readonly test: EvaluationReport;
  /** The policy as it was when the run ended, compacted likewise; null when the recipe does not keep it. */
  readonly last: { readonly model: PolicyModel; readonly test: EvaluationReport } | null;
  readonly stopped: boolean;
}

/** A gradient that is not a number: training on would only spread it. */
export class TrainingDivergedError extends SecateurError {
  readonly kind = 'failed';

  constructor(progress: TrainingProgress, lastCheckpoint: number | null, cause: NonFiniteError) {
    const kept =
      lastCheckpoint === null
        ? 'No checkpoint was taken yet'
        : `The last good checkpoint, of step ${lastCheckpoint}, is kept`;
    super(
      `training diverged at step ${progress.step}, update ${progress.update}: ${cause.message}`,
      `${kept}. Lower the learning rate, or limit the gradient norm.`,
      { cause },
    );
  }
}

/** The same masks, with the sparsity that they come to as a metric. */
function reportingSparsity(masksAt: MasksAt, context: RunContext): MasksAt {
  return (progress, agent) => {
    const masks = masksAt(progress, agent);
    const kernels = Object.keys(masks ?? {}).filter((name) => name.endsWith('/kernel'));
    if (masks !== null && kernels.length > 0) {
      const total = kernels.reduce((sum, name) => sum + masks[name]!.length, 0);
      const kept = kernels.reduce((sum, name) => sum + masks[name]!.reduce((ones, one) => ones + one, 0), 0);
      context.metrics([{ name: METRIC.sparsity, step: progress.step, value: 1 - kept / total }]);
    }
    return masks;
  };
}

/**
 * Trains from the beginning, or from a checkpoint of the same recipe exactly as if it had never ended.
 * @throws UnknownNameError, SeedOverlapError, ContinuousActionsError, RunTooShortError, TrainingDivergedError,
 *   DamagedCheckpointError, and what `checkTrainingPruning` throws
 */
export async function train(input: {
  readonly recipe: TrainRecipe;
  readonly backend: Backend;
  readonly context: RunContext;
  readonly checkpoint: Uint8Array | null;
  /** Is given all that a run needs to go on, whenever the learning curve has a new point. */
  readonly saveCheckpoint: (step: number, bytes: Uint8Array) => void;
}): Promise<TrainedModel> {
  const { recipe, backend, context } = input;
  const { seeds, steps: totalSteps } = recipe;
  const environment = environments.get(recipe.environment);
  checkDisjoint(seeds);
  const random = new Random(recipe.seed);
  const { agent, environments: count, plannedUpdates } = createAgent({ recipe, environment, backend, random });
  const { description } = agent.model();
  const { begin, masksAt, masksByGradients, memory, sparseFrom } =
    recipe.pruning === null
      ? NOTHING_PRUNED
      : pruningInTraining({ pruning: recipe.pruning, plannedUpdates, description, random: random.fork() });
  const first = { step: 0, totalSteps, update: 0 };
  const beginning = begin && reportingSparsity((_progress, learner) => begin(learner), context)(first, agent);
  if (beginning !== null) agent.setMasks(beginning);

  const curveSeeds = takeSeeds(seeds.validation, Math.min(CURVE_EPISODES, seeds.validation.count));
  let curveReturns = new Float64Array();
  const meanReturn = (candidate: PolicyModel): number => {
    const instance = instantiateModel(backend, candidate);
    const policy = modelPolicy(instance, candidate.description);
    const { returns } = runEpisodes({ environment, policy, seeds: curveSeeds });
    instance.dispose();
    curveReturns = Float64Array.from(returns);
    return returns.reduce((sum, value) => sum + value, 0) / returns.length;
  };
  const reportPoint = ({ step, score }: CurvePoint): void => {
    // A stream of its own: the interval of a point must not depend on how many came before.
    const { meanInterval } = summarizeReturns(curveReturns, { random: new Random(recipe.seed) });
    context.metrics([
      { name: METRIC.validationReturn, step, value: score },
      { name: METRIC.validationReturnLow, step, value: meanInterval.low },
      { name: METRIC.validationReturnHigh, step, value: meanInterval.high },
    ]);
  };
  const heals = recipe.pruning?.recovery === 'distill';
  const strongest = new BestPolicies(TEACHERS);
  const evaluation = new PeriodicEvaluation({
    agent,
    every: Math.max(1, Math.floor(totalSteps / CURVE_POINTS)),
    evaluate: meanReturn,
    // A policy that is not fully pruned yet is not what was asked for.
    eligible: ({ update }) => update >= sparseFrom,
    ...(heals && { strongest }),
  });
  const world = new VectorEnvironment(environment, count);
  const loop = new TrainingLoop({
    agent,
    environment: world,
    totalSteps,
    seeds: seeds.train,
    observers: [
      {
        onStep: ({ step }) => {
          context.progress({ stage: `training on ${environment.id}`, done: step, total: totalSteps, unit: 'steps' });
          return undefined;
        },
        onEpisode: ({ episodeReturn }, { step }) => {
          context.metrics([{ name: METRIC.trainingReturn, step, value: episodeReturn }]);
          return undefined;
        },
        onUpdate: (metrics, { step, update }) => {
          if (update % METRICS_EVERY !== 0) return undefined;
          context.metrics(Object.entries(metrics).map(([name, value]) => ({ name, step, value })));
          return undefined;
        },
      },
      evaluation,
      {
        onStep: ({ step }) => {
          const point = evaluation.curve.at(-1);
          if (point?.step === step) reportPoint(point);
          return undefined;
        },
      },
      new Throughput({ context, totalSteps }),
    ],
    ...(masksAt && { masksAt: reportingSparsity(masksAt, context) }),
    ...(masksByGradients && { masksByGradients: reportingSparsity(masksByGradients, context) }),
  });

  const currentPolicy = (): PolicyModel => agent.model();
  let stopped = false;
  const parts = { agent, loop, evaluation, ...(memory && { pruning: memory }) };
  if (input.checkpoint !== null) resumeFrom(input.checkpoint, parts);
  let lastCheckpoint: number | null = input.checkpoint === null ? null : loop.step;
  let points = evaluation.curve.length;
  try {
    while (!stopped && loop.advance()) {
      if (evaluation.curve.length > points) {
        points = evaluation.curve.length;
        lastCheckpoint = loop.step;
        input.saveCheckpoint(loop.step, takeCheckpoint(parts));
      }
      context.offerPolicy(loop.step, currentPolicy);
      stopped = await context.breathe();
    }
  } catch (error) {
    throw error instanceof NonFiniteError ? new TrainingDivergedError(loop, lastCheckpoint, error) : error;
  }
  const final = agent.model();
  const { pruning } = recipe;
  const cut = (masked: PolicyModel): PolicyModel =>
    pruning === null ? compact(masked) : compactAt(masked, granularities.get(pruning.granularity));
  const last = cut(final);
  agent.dispose();
  world.dispose();
  const pruned = evaluation.best?.model ?? final;
  const teachers = strongest.ranked.map(({ model }) => model);
  const healed =
    teachers.length === 0 || stopped
      ? pruned
      : await healTrained({ pruned, teachers, environment, seeds, backend, random: random.fork(), context });
  const trained = cut(healed);
  context.offerPolicy(loop.step, () => trained);

  const evaluate = async (model: PolicyModel, purpose: 'validation' | 'test'): Promise<EvaluationReport> => {
    const instance = instantiateModel(backend, model);
    const report = await evaluatePolicy({
      environment,
      policy: modelPolicy(instance, model.description),
      seeds: seeds[purpose],
      parallel: EVALUATION_BATCH,
      random: random.fork(),
      deterministic: true,
      breathe: () => context.breathe().then(() => false),
    });
    instance.dispose();
    return report;
  };
  return {
    model: trained,
    validation: await evaluate(trained, 'validation'),
    test: await evaluate(trained, 'test'),
    last: recipe.keepLast === true ? { model: last, test: await evaluate(last, 'test') } : null,
    stopped,
  };
}
