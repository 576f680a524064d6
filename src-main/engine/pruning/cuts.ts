// What pruning by hand does at an event of its schedule: masks for the network as it is, or a network with fewer layers.
import type { ManualMethod } from '../../contract/recipe.ts';
import type { Masks } from '../networks/parameters.ts';
import { allocations } from './allocation/registry.ts';
import { criteria } from './criteria/registry.ts';
import { checkSpreads, pruneTo, type MaskingGranularity, type RemovingGranularity } from './granularity/granularity.ts';
import { countHiddenLayers } from './hidden-layers.ts';
import { amountsOf, lockedOf } from './manual-amounts.ts';
import type { PruningInput } from './pruning-input.ts';
import { layersLeft, removeLayers, type LayerRemoval } from './remove-layers.ts';
import { gatherScoringData, type ScoringInput } from './scoring-data.ts';

export type CutResult =
  { readonly kind: 'masks'; readonly masks: Masks } | ({ readonly kind: 'layers' } & LayerRemoval);

/** @param sparsity of the schedule at this event */
export type Cut = (sparsity: number, scoring: ScoringInput) => Promise<CutResult>;

async function maskingCuts(
  input: PruningInput,
  granularity: MaskingGranularity,
  method: ManualMethod,
): Promise<Cut | null> {
  const criterion = criteria.get(method.criterion);
  const amountAt = await amountsOf({ ...input, granularity }, method);
  if (amountAt === null) return null;
  return async (sparsity, scoring) => {
    const { model, random } = scoring;
    const data = await gatherScoringData(criterion.needs, scoring);
    const { network } = model.description;
    const scored = { network, parameters: model.parameters, masks: model.masks, criterion, data, random };
    return { kind: 'masks', masks: pruneTo(granularity, scored, amountAt(sparsity)) };
  };
}

function removingCuts({ dense }: PruningInput, granularity: RemovingGranularity, method: ManualMethod): Cut {
  const { amount } = method;
  const criterion = criteria.get(method.criterion);
  checkSpreads(allocations.get(method.allocation), granularity);
  const locked = lockedOf(dense, method);
  const hidden = countHiddenLayers(dense.description.network);
  return (sparsity, scoring) => {
    const what = amount.kind === 'threshold' ? amount : layersLeft(hidden, sparsity);
    const removal = removeLayers({ ...scoring, criterion, locked }, what);
    for (const { layer, loss } of removal.removed) {
      const share = (100 * loss).toFixed(1);
      scoring.context.log('info', `${layer} is removed: that changes ${share} % of the decisions, before any healing`);
    }
    return Promise.resolve({ kind: 'layers', ...removal });
  };
}

/**
 * @returns null when the person asked to stop before amounts were known
 * @throws UnknownNameError, NothingToSpreadError, NoRemovableLayerError, LayerShareError
 */
export function cutsOf(input: PruningInput, method: ManualMethod): Promise<Cut | null> {
  const { granularity } = input;
  return granularity.ranks === 'layers'
    ? Promise.resolve(removingCuts(input, granularity, method))
    : maskingCuts(input, granularity, method);
}
