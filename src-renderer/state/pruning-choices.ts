// Which choices of pruning by hand go with which.
import type { ManualMethod } from '../../src-main/contract/recipe.ts';

export type ManualChoices = Omit<ManualMethod, 'kind'>;

/** Whole units go, so that layers can keep a multiple of them. */
export const removesUnits = (granularity: string): boolean =>
  ['neuron', 'channel', 'unit', 'hybrid'].includes(granularity);

/** A threshold, or an amount for a single layer, means units or weights, but not both. */
export const dividesAmount = (granularity: string): boolean => granularity === 'hybrid';

/** Something heals between cuts, and can begin again after each. */
export const canRewind = ({ schedule, recovery }: Pick<ManualChoices, 'schedule' | 'recovery'>): boolean =>
  schedule !== 'one-shot' && recovery.method !== 'none';

/** Without what something that was chosen later has made meaningless. */
export function applicable(choices: ManualChoices, granularity: string): ManualChoices {
  return {
    ...choices,
    layers: dividesAmount(granularity) ? {} : choices.layers,
    multiple: removesUnits(granularity) ? choices.multiple : 1,
    rewind: canRewind(choices) ? choices.rewind : 'nothing',
  };
}
