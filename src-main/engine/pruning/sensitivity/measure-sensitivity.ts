// Each layer pruned alone, a little and a lot, and played: which of them the return can do without.
import type { SeedRanges } from '../../../contract/evaluation.ts';
import { keptShare } from '../../../contract/kept-share.ts';
import type { LayerChoice } from '../../../contract/recipe.ts';
import type { LayerSensitivity, SensitivityPoint, SensitivityReport } from '../../../contract/sensitivity.ts';
import type { EnvironmentDefinition } from '../../environments/environment.ts';
import { evaluatePolicy } from '../../evaluation/evaluate-policy.ts';
import { EVALUATION_BATCH, instantiateModel } from '../../evaluation/measure-model.ts';
import { modelPolicy } from '../../evaluation/policy.ts';
import { EvaluationStoppedError } from '../../evaluation/run-episodes.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Masks } from '../../networks/parameters.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { Random } from '../../random/random.ts';
import type { RunContext } from '../../run-context.ts';
import { layerOf } from '../allocation/allocation.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { pruneScored, type Amount, type MaskingGranularity } from '../granularity/granularity.ts';
import { gatherScoringData, NO_DATA } from '../scoring-data.ts';
import { playIn } from '../experience.ts';
import { visitedStates } from '../visited-states.ts';

export interface SensitivityInput {
  /** The policy alone (`policyOnly`); it stays as it is. */
  readonly model: PolicyModel;
  readonly environment: EnvironmentDefinition;
  readonly criterion: Criterion;
  readonly granularity: MaskingGranularity;
  /** Shares of each layer's elements, in ascending order. */
  readonly sparsities: readonly number[];
  /** Returns are measured on `validation`; criteria look at states of `train`. */
  readonly seeds: Pick<SeedRanges, 'train' | 'validation'>;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
}

type MeasuredReturn = SensitivityReport['dense'];

/** Null when the person asked to stop on the way. */
async function play(input: SensitivityInput, masks: Masks): Promise<MeasuredReturn | null> {
  const { model, environment, seeds, backend, random, context } = input;
  const instance = instantiateModel(backend, { ...model, masks });
  try {
    const { summary } = await evaluatePolicy({
      environment,
      policy: modelPolicy(instance, model.description),
      seeds: seeds.validation,
      parallel: EVALUATION_BATCH,
      random: random.fork(),
      deterministic: true,
      breathe: () => context.breathe(),
    });
    return { meanReturn: summary.mean, meanInterval: summary.meanInterval };
  } catch (error) {
    if (error instanceof EvaluationStoppedError) return null;
    throw error;
  } finally {
    instance.dispose();
  }
}

async function scoringInput(input: SensitivityInput): Promise<Parameters<MaskingGranularity['score']>[0]> {
  const { model, environment, criterion, seeds, backend, random, context } = input;
  const { needs } = criterion;
  const acting = { model, experience: playIn(environment, seeds), backend, random };
  const data =
    needs === 'nothing'
      ? NO_DATA
      : await gatherScoringData(needs, {
          ...acting,
          dense: model,
          observations: visitedStates({ ...acting, epsilon: 0 }),
          keepShare: null,
          movement: null,
          context,
        });
  const { description, parameters, masks } = model;
  return { network: description.network, parameters, masks, criterion, data, random };
}

const weightsIn = ({ description, parameters }: PolicyModel, masks: Masks): number =>
  countNetwork(description.network, parameters, masks).nonzeroWeights;

/**
 * Mean return with only one layer pruned, for every layer and share, without any recovery: a share of a layer can look
 * worse than it is after healing, and layers that are spared here may suffer together. A person who stops gets the
 * measurements that are complete, or null when not even the dense policy's is.
 * @throws CriterionGranularityError, MovementWithoutTrainingError
 */
export async function measureSensitivity(input: SensitivityInput): Promise<SensitivityReport | null> {
  const { model, environment, criterion, granularity, sparsities, seeds, context } = input;
  const scored = await scoringInput(input);
  const layers = granularity.score(scored);
  const names = layers.map(layerOf);
  const total = 1 + names.length * sparsities.length;
  let done = 0;
  const progress = (what: string): void => {
    context.progress({ stage: `sensitivity: ${what}`, done: done++, total, unit: 'policies' });
  };

  progress('the dense policy');
  const dense = await play(input, model.masks);
  if (dense === null) return null;
  const measured: LayerSensitivity[] = [];
  const report = (stopped: boolean): SensitivityReport => ({
    environment: environment.id,
    granularity: granularity.id,
    criterion: criterion.id,
    episodes: seeds.validation.count,
    dense,
    worstReturn: environment.worstReturn,
    layers: measured.filter(({ points }) => points.length > 0),
    stopped,
  });
  const weights = weightsIn(model, model.masks);
  for (const [l, layer] of names.entries()) {
    const points: SensitivityPoint[] = [];
    measured.push({ layer, elements: layers[l]!.size, points });
    for (const sparsity of sparsities) {
      progress(`${layer} at ${Number((100 * sparsity).toFixed(2))} %`);
      // Every layer is decided on, so nothing is left to the threshold.
      const alone = names.map((name): [string, LayerChoice] => [name, name === layer ? { sparsity } : 'locked']);
      const amount: Amount = { kind: 'threshold', threshold: 0, layers: Object.fromEntries(alone) };
      const masks = pruneScored(granularity, scored, layers, amount);
      const weightsRemoved = weights - weightsIn(model, masks);
      const before = points.at(-1) ?? { ...dense, weightsRemoved: 0 };
      // A small layer has the same masks at several shares.
      const same = before.weightsRemoved === weightsRemoved ? before : null;
      const result = same ?? (await play(input, masks));
      if (result === null) return report(true);
      const { meanReturn, meanInterval } = result;
      const kept = keptShare({ dense: dense.meanReturn, pruned: meanReturn, worst: environment.worstReturn });
      points.push({ sparsity, weightsRemoved, meanReturn, meanInterval, keptShare: kept });
    }
  }
  return report(false);
}
