// The amounts of pruning by hand: how much at which point of the schedule, and whether the layers can give that.
import type { LayerChoices, ManualMethod } from '../../contract/recipe.ts';
import { DEFAULT_SENSITIVITIES } from '../../contract/sensitivity.ts';
import type { PolicyModel } from '../networks/model.ts';
import { Random } from '../random/random.ts';
import type { Allocation } from './allocation/allocation.ts';
import { curvesOf, withSensitivity } from './allocation/by-sensitivity.ts';
import { allocations } from './allocation/registry.ts';
import { uniform } from './allocation/uniform.ts';
import { l1 } from './criteria/l1.ts';
import { criteria } from './criteria/registry.ts';
import { played } from './experience.ts';
import { pruneTo, type Amount, type MaskingGranularity } from './granularity/granularity.ts';
import type { PruningInput } from './pruning-input.ts';
import { checkRemovable, lockedLayers } from './remove-layers.ts';
import { NO_DATA } from './scoring-data.ts';
import { measureSensitivity } from './sensitivity/measure-sensitivity.ts';

/**
 * The layers that stay, where whole layers go.
 * @throws UnknownNameError, LayerShareError, and NoRemovableLayerError when not one can go
 */
export function lockedOf(dense: PolicyModel, { layers }: Pick<ManualMethod, 'layers'>): ReadonlySet<string> {
  const { network } = dense.description;
  const locked = lockedLayers(layers, network);
  checkRemovable({ ...dense, network });
  return locked;
}

/**
 * Whether the method's layers exist and can lose what is asked, found out before anything is played.
 * @throws UnknownNameError, CriterionGranularityError, and the errors of layer-choices.ts and remove-layers.ts
 */
export function checkLayers(
  { dense, granularity }: Pick<PruningInput, 'dense' | 'granularity'>,
  { amount, layers }: Pick<ManualMethod, 'amount' | 'layers'>,
): void {
  if (granularity.ranks === 'layers') {
    lockedOf(dense, { layers });
    return;
  }
  if (Object.keys(layers).length === 0) return;
  const { description, parameters, masks } = dense;
  // What can be lost depends neither on the ranking nor on the allocation; these look at nothing but weights.
  const scored = { network: description.network, parameters, masks, criterion: l1, data: NO_DATA };
  const asked: Amount = amount.kind === 'threshold' ? amount : { ...amount, allocation: uniform };
  pruneTo(granularity, { ...scored, random: new Random(0) }, { ...asked, layers });
}

/** Layers that are decided on follow the schedule in proportion: what is possible in the end is so on the way. */
function layersOnTheWay(layers: LayerChoices, progress: number): LayerChoices {
  const scaled = Object.entries(layers).map(([name, choice]) => [
    name,
    choice === 'locked' ? choice : { sparsity: progress * choice.sparsity },
  ]);
  return Object.fromEntries(scaled) as LayerChoices;
}

type MaskingInput = PruningInput & { readonly granularity: MaskingGranularity };

/** The chosen allocation, told what it needs; null when the person asked to stop while that was measured. */
async function allocationOf(input: MaskingInput, method: ManualMethod): Promise<Allocation | null> {
  const allocation = allocations.get(method.allocation);
  if (allocation.needs !== 'sensitivity' || method.amount.kind === 'threshold') return allocation;
  const criterion = criteria.get(method.criterion);
  const { environment, seeds } = played(input.experience, `the allocation "${allocation.id}"`, [
    'global',
    'erk',
    'lamp',
  ]);
  const question = { ...input, environment, seeds, model: input.dense, criterion, sparsities: DEFAULT_SENSITIVITIES };
  const report = await measureSensitivity({ ...question, random: input.random.fork() });
  if (report === null || report.stopped) return null;
  return withSensitivity(allocation, curvesOf(report));
}

/**
 * The amount at every sparsity on the way to the one asked for; the allocation by sensitivity plays for it first.
 * @returns null when the person asked to stop before that was known
 * @throws UnknownNameError, NothingToPlayError
 */
export async function amountsOf(
  input: MaskingInput,
  method: ManualMethod,
): Promise<((sparsity: number) => Amount) | null> {
  const { amount, layers, multiple } = method;
  const allocation = await allocationOf(input, method);
  if (allocation === null) return null;
  if (amount.kind === 'threshold') return () => ({ ...amount, layers, multiple });
  return (sparsity) => {
    const progress = amount.sparsity > 0 ? sparsity / amount.sparsity : 1;
    return { kind: 'sparsity', sparsity, allocation, layers: layersOnTheWay(layers, progress), multiple };
  };
}
