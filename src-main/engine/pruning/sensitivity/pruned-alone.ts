// What is played to measure sensitivity: the policy with one layer pruned and every other as it was, layer by layer.
import type { SeedRanges } from '../../../contract/evaluation.ts';
import type { LayerChoice } from '../../../contract/recipe.ts';
import type { EnvironmentDefinition } from '../../environments/environment.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { Random } from '../../random/random.ts';
import type { RunContext } from '../../run-context.ts';
import { layerOf } from '../allocation/allocation.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { playIn } from '../experience.ts';
import {
  checkCanRank,
  pruneScored,
  type Amount,
  type Granularity,
  type MaskingGranularity,
  type RemovingGranularity,
} from '../granularity/granularity.ts';
import { hiddenLayers } from '../hidden-layers.ts';
import { checkRemovable } from '../remove-layers.ts';
import { gatherScoringData, NO_DATA } from '../scoring-data.ts';
import { bypassLayer } from '../surgery/bypass-layer.ts';
import { mergeLayer } from '../surgery/merge-layer.ts';
import { visitedStates } from '../visited-states.ts';

export interface SensitivityInput {
  /** The policy alone (`policyOnly`); it stays as it is. */
  readonly model: PolicyModel;
  readonly environment: EnvironmentDefinition;
  readonly criterion: Criterion;
  readonly granularity: Granularity;
  /** Shares of each layer's elements, in ascending order; whole layers go whatever they are. */
  readonly sparsities: readonly number[];
  /** Returns are measured on `validation`; criteria look at states of `train`. */
  readonly seeds: Pick<SeedRanges, 'train' | 'validation'>;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
}

interface PrunedAlone {
  readonly layer: string;
  readonly elements: number;
  readonly steps: readonly { readonly sparsity: number; readonly leave: () => PolicyModel }[];
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

async function masked(input: SensitivityInput, granularity: MaskingGranularity): Promise<PrunedAlone[]> {
  const { model, sparsities } = input;
  const scored = await scoringInput(input);
  const layers = granularity.score(scored);
  const names = layers.map(layerOf);
  return names.map((layer, l) => ({
    layer,
    elements: layers[l]!.size,
    steps: sparsities.map((sparsity) => ({
      sparsity,
      leave: () => {
        // Every layer is decided on, so nothing is left to the threshold.
        const alone = names.map((name): [string, LayerChoice] => [name, name === layer ? { sparsity } : 'locked']);
        const amount: Amount = { kind: 'threshold', threshold: 0, layers: Object.fromEntries(alone) };
        return { ...model, masks: pruneScored(granularity, scored, layers, amount) };
      },
    })),
  }));
}

/** Each gives way to its best linear stand-in, as in `removeLayers`. */
function removed(input: SensitivityInput, granularity: RemovingGranularity): PrunedAlone[] {
  const { model, environment, criterion, seeds, backend, random } = input;
  const weighed = { ...model, network: model.description.network };
  checkCanRank(criterion, granularity);
  checkRemovable(weighed);
  const observations = visitedStates({ model, experience: playIn(environment, seeds), backend, epsilon: 0, random });
  return hiddenLayers(weighed)
    .filter(({ obstacle }) => obstacle === null)
    .map(({ group: { layer, units } }) => ({
      layer,
      elements: units,
      steps: [
        {
          sparsity: 1,
          leave: () => mergeLayer(bypassLayer(model, layer, { backend, observations }), layer),
        },
      ],
    }));
}

/**
 * @returns in forward order
 * @throws CriterionGranularityError, MovementWithoutTrainingError, NoRemovableLayerError
 */
export async function prunedAlone(input: SensitivityInput): Promise<PrunedAlone[]> {
  const { granularity } = input;
  return granularity.ranks === 'layers' ? removed(input, granularity) : masked(input, granularity);
}
