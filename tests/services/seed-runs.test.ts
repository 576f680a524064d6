// Which training runs belong together.
import { expect, it } from 'vitest';
import { jsonSchema, type Run } from '../../src-main/contract/entity.ts';
import type { Recipe } from '../../src-main/contract/recipe.ts';
import { seedRuns } from '../../src-main/services/seed-runs.ts';
import { evaluateRecipe, trainRecipe } from '../contract/recipes.ts';
import { openSampleServices } from './sample-services.ts';

async function openProjects() {
  const services = await openSampleServices();
  const { store } = services;
  const create = (name: string): string => store.projects.create({ name, environmentId: 'CartPole-v1' }).id;
  const [here, elsewhere] = [create('One'), create('Two')];
  const add = (recipe: Recipe, projectId = here): Run =>
    store.runs.create({
      projectId,
      kind: recipe.kind,
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      versions: { ...services.versions, backend: 'auto' },
    });
  return { store, add, elsewhere };
}

it('are those that differ in the seed and in where files go, each seed once', async () => {
  const { store, add, elsewhere } = await openProjects();
  const first = add(trainRecipe({ seed: 7 }));
  const again = add(trainRecipe({ seed: 7 }));
  const third = add({ ...trainRecipe({ seed: 3 }), log: '/somewhere' });
  const fourth = add({
    ...trainRecipe({ seed: 4 }),
    export: { folder: '/elsewhere', formats: ['onnx'], force: false },
  });
  add(trainRecipe({ seed: 5, steps: 1 }));
  const sixth = add({ ...trainRecipe({ seed: 6 }), keepLast: true });
  add(trainRecipe({ seed: 8 }), elsewhere);
  const ids = (run: Run): string[] => seedRuns(store, run).map(({ id }) => id);
  expect(ids(third)).toEqual([third.id, fourth.id, sixth.id, again.id]);
  // Whoever looks at an earlier run of a seed sees that one.
  expect(ids(first)).toEqual([third.id, fourth.id, sixth.id, first.id]);
});

it('are none for what is no training', async () => {
  const { store, add } = await openProjects();
  expect(seedRuns(store, add(evaluateRecipe({ kind: 'model', id: 'm1' })))).toEqual([]);
});
