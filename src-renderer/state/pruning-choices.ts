// Which choices of pruning by hand go with which.
import type { ModelDescription } from '../../src-main/contract/model.ts';
import { readPattern } from '../../src-main/contract/n-of-m.ts';
import type { AmountChoice, AutomaticTarget, DataTarget, ManualMethod } from '../../src-main/contract/recipe.ts';

export type ManualChoices = Omit<ManualMethod, 'kind'>;

/** Whole units go, so that layers can keep a multiple of them. */
export const removesUnits = (granularity: string): boolean =>
  ['neuron', 'channel', 'unit', 'hybrid'].includes(granularity);

/** Whole layers go: they are in one ranking, and each time another network begins to learn. */
export const removesLayers = (granularity: string): boolean => granularity === 'layer';

/** A threshold, or an amount for a single layer, means units or weights, but not both. */
export const dividesAmount = (granularity: string): boolean => granularity === 'hybrid';

/** A threshold says what goes, not how much: there is nothing to approach in steps. */
export const hasSchedule = ({ amount }: Pick<ManualChoices, 'amount'>): boolean => amount.kind === 'sparsity';

/** N:M, of which the catalogue's 2:4 stands for all. */
export const isPattern = (granularity: string): boolean => granularity.includes(':');

/** What a pattern N:M alone removes, for certain where inputs divide by M: 1 − N/M; nothing, where it is none. */
export function patternShare(pattern: string): number {
  const numbers = readPattern(pattern);
  return numbers === null ? 0 : 1 - numbers.n / numbers.m;
}

/**
 * The amount that goes with a granularity which has just been chosen: a pattern begins with what it removes by itself, and
 * where the amount is divided there is no threshold.
 * @param first that of a new draft
 */
export function amountFor(granularity: string, amount: AmountChoice, first: AmountChoice): AmountChoice {
  if (isPattern(granularity)) return { kind: 'sparsity', sparsity: patternShare(granularity) };
  return dividesAmount(granularity) && amount.kind === 'threshold' ? first : amount;
}

/** Automatic pruning goes down a ladder of amounts: a pattern has none, and hybrid pruning none towards a budget. */
export const hasSearch = (granularity: string, target: (AutomaticTarget | DataTarget)['kind']): boolean =>
  !isPattern(granularity) && (granularity !== 'hybrid' || target === 'return' || target === 'agreement');

/** Why a granularity cannot be chosen, as far as the model and who chooses say; null when it can. */
export function granularityObstacle(
  granularity: string,
  {
    mode,
    description,
  }: { readonly mode: 'automatic' | 'manual'; readonly description: Pick<ModelDescription, 'network'> },
): 'byHand' | 'channels' | null {
  const convolves = description.network.trunk.some(({ kind }) => kind === 'conv2d');
  if (granularity === 'channel' && !convolves) return 'channels';
  return mode === 'automatic' && isPattern(granularity) ? 'byHand' : null;
}

/** Something heals between cuts, and can begin again after each. */
export const canRewind = ({
  amount,
  schedule,
  recovery,
}: Pick<ManualChoices, 'amount' | 'schedule' | 'recovery'>): boolean =>
  hasSchedule({ amount }) && schedule !== 'one-shot' && recovery.method !== 'none';

/** A recovery during which a criterion can watch weights move. */
export const followsGradients = (recovery: string): boolean => ['distill', 'fine-tune', 'redo'].includes(recovery);

/** Whether a method of the catalogue can do without playing: with observations there is nothing to play. */
export const playsNothing = (method: { readonly needs?: string; readonly needsReturns?: boolean }): boolean =>
  method.needs !== 'return' && method.needs !== 'sensitivity' && method.needsReturns !== true;

/** A layer that goes as a whole has no share of its own. */
const locksOf = (layers: ManualChoices['layers']): ManualChoices['layers'] =>
  Object.fromEntries(Object.entries(layers).filter(([, choice]) => choice === 'locked'));

function layersFor(granularity: string, layers: ManualChoices['layers']): ManualChoices['layers'] {
  if (dividesAmount(granularity)) return {};
  return removesLayers(granularity) ? locksOf(layers) : layers;
}

/** Without what something that was chosen later has made meaningless. */
export function applicable(choices: ManualChoices, granularity: string): ManualChoices {
  return {
    ...choices,
    allocation: removesLayers(granularity) ? 'global' : choices.allocation,
    schedule: hasSchedule(choices) ? choices.schedule : 'one-shot',
    layers: layersFor(granularity, choices.layers),
    multiple: removesUnits(granularity) ? choices.multiple : 1,
    rewind: canRewind(choices) && !removesLayers(granularity) ? choices.rewind : 'nothing',
  };
}
