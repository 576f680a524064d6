// Whether a recipe can run, without running it: names, values, and that its model fits.
import type { Recipe } from '../contract/recipe.ts';
import { checkDestination } from './export-model.ts';
import { openObservations } from './observations.ts';
import type { Services } from './services.ts';

/** @throws what a run of the recipe would be refused with */
export async function checkRecipeInWorker(services: Services, recipe: Recipe): Promise<void> {
  const { jobHost, store } = services;
  if ('export' in recipe && recipe.export !== null) await checkDestination(recipe.export);
  if (recipe.kind === 'prune' && recipe.basis === 'observations') await openObservations(services, recipe.observations);
  if (recipe.kind !== 'train' && recipe.source.kind === 'model') {
    const { artifactHash, name } = store.models.get(recipe.source.id);
    const file = { name: `${name}.safetensors`, bytes: await store.artifacts.get(artifactHash) };
    await jobHost.start({ kind: 'import', file, normalizer: null, recipe }, () => undefined).result;
    return;
  }
  await jobHost.start({ kind: 'check', recipe }, () => undefined).result;
}
