// What would help where a search did not reach what was asked.
import type { SearchRecipe } from '../../contract/recipe.ts';
import { costOf, type Advice, type MeasuredTrial } from '../../contract/search.ts';

/** Granularities that take whole rows and columns, or kernels, out of a file. */
const WHOLE_UNITS: readonly string[] = ['neuron', 'channel', 'unit', 'hybrid', 'layer'];

/**
 * @param chosen the trial that came closest
 * @param tried ways of pruning in the first rung, of all that are possible
 */
export function adviceFor(input: {
  readonly recipe: SearchRecipe;
  readonly chosen: MeasuredTrial;
  readonly tried: number;
  readonly possible: number;
  readonly cut: 'time' | 'stop' | null;
}): Advice[] {
  const { recipe, chosen, tried, possible, cut } = input;
  const { target, space, updates } = recipe;
  const advice: Advice[] = [];
  if (cut !== null) advice.push({ kind: 'more-time' });
  if (target.kind === 'return') {
    const { certainShare } = chosen.outcome.measured;
    if (certainShare > 0) advice.push({ kind: 'ask-less', reached: certainShare });
    if (space.recoveries.some((name) => name !== 'none')) advice.push({ kind: 'heal-longer', updates });
    advice.push({ kind: 'remove-less', sparsity: Math.min(...space.sparsities) });
  } else {
    advice.push({ kind: 'ask-less', reached: costOf(chosen, target.kind) });
    advice.push({ kind: 'remove-more', sparsity: Math.max(...space.sparsities) });
    if (!space.granularities.some((name) => WHOLE_UNITS.includes(name))) advice.push({ kind: 'remove-units' });
  }
  if (tried < possible) advice.push({ kind: 'try-more', tried, possible });
  return advice;
}
