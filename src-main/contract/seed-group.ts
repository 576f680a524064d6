// Training runs that differ in nothing but their seed: together they say what a recipe comes to.
import type { TrainRecipe } from './recipe.ts';

/** What may differ: it changes neither what is learnt in general, nor how it is measured. */
const APART: readonly string[] = ['seed', 'keepLast', 'log', 'export'];

/** The same for two recipes of which one is the other with another seed; what is kept of it, and where, makes no difference. */
export function seedGroupOf(recipe: TrainRecipe): string {
  return JSON.stringify(Object.entries(recipe).filter(([name]) => !APART.includes(name)));
}
