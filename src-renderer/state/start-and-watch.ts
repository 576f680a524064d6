import type { Recipe } from '../../src-main/contract/recipe.ts';
import { whereabouts } from './place.svelte.ts';
import { runs } from './runs.svelte.ts';

/** Starts a run and goes to where it can be watched. @throws ProblemError when the recipe cannot run */
export async function startAndWatch(recipe: Recipe): Promise<void> {
  const { id } = await runs.start(recipe);
  whereabouts.go({ view: 'run', runId: id });
}
