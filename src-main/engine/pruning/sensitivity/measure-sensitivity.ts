// Each layer pruned alone, a little and a lot, and played: which of them the return can do without.
import { keptShare } from '../../../contract/kept-share.ts';
import type { LayerSensitivity, SensitivityPoint, SensitivityReport } from '../../../contract/sensitivity.ts';
import { evaluatePolicy } from '../../evaluation/evaluate-policy.ts';
import { EVALUATION_BATCH, instantiateModel } from '../../evaluation/measure-model.ts';
import { modelPolicy } from '../../evaluation/policy.ts';
import { EvaluationStoppedError } from '../../evaluation/run-episodes.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { prunedAlone, type SensitivityInput } from './pruned-alone.ts';

type MeasuredReturn = SensitivityReport['dense'];

/** Null when the person asked to stop on the way. */
async function play(input: SensitivityInput, model: PolicyModel): Promise<MeasuredReturn | null> {
  const { environment, seeds, backend, random, context } = input;
  const instance = instantiateModel(backend, model);
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

const weightsIn = ({ description, parameters, masks }: PolicyModel): number =>
  countNetwork(description.network, parameters, masks).nonzeroWeights;

/**
 * Mean return with only one layer pruned, for every layer and share, without any recovery: a share of a layer can look
 * worse than it is after healing, and layers that are spared here may suffer together. Where layers go as a whole, each
 * that can go gives way to its best linear stand-in. A person who stops gets the measurements that are complete, or null
 * when not even the dense policy's is.
 * @throws CriterionGranularityError, MovementWithoutTrainingError, NoRemovableLayerError
 */
export async function measureSensitivity(input: SensitivityInput): Promise<SensitivityReport | null> {
  const { model, environment, criterion, granularity, seeds, context } = input;
  const layers = await prunedAlone(input);
  const total = 1 + layers.reduce((sum, { steps }) => sum + steps.length, 0);
  let done = 0;
  const progress = (what: string): void => {
    context.progress({ stage: `sensitivity: ${what}`, done: done++, total, unit: 'policies' });
  };

  progress('the dense policy');
  const dense = await play(input, model);
  if (dense === null) return null;
  const { description, parameters, masks } = model;
  const skipped = granularity.skips({ network: description.network, parameters, masks });
  const measured: LayerSensitivity[] = [];
  const report = (stopped: boolean): SensitivityReport => ({
    environment: environment.id,
    granularity: granularity.id,
    criterion: criterion.id,
    episodes: seeds.validation.count,
    dense,
    worstReturn: environment.worstReturn,
    layers: measured.filter(({ points }) => points.length > 0),
    skipped,
    stopped,
  });
  const weights = weightsIn(model);
  for (const { layer, elements, steps } of layers) {
    const points: SensitivityPoint[] = [];
    measured.push({ layer, elements, points });
    for (const { sparsity, leave } of steps) {
      progress(`${layer} at ${Number((100 * sparsity).toFixed(2))} %`);
      const pruned = leave();
      const weightsRemoved = weights - weightsIn(pruned);
      const before = points.at(-1) ?? { ...dense, weightsRemoved: 0 };
      // A small layer has the same masks at several shares.
      const same = before.weightsRemoved === weightsRemoved ? before : null;
      const result = same ?? (await play(input, pruned));
      if (result === null) return report(true);
      const { meanReturn, meanInterval } = result;
      const kept = keptShare({ dense: dense.meanReturn, pruned: meanReturn, worst: environment.worstReturn });
      points.push({ sparsity, weightsRemoved, meanReturn, meanInterval, keptShare: kept });
    }
  }
  return report(false);
}
