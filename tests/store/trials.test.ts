import { expect, it } from 'vitest';
import { measuredTrial } from '../services/search/sample-trials.ts';
import { pruneRecipe } from '../contract/recipes.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('keeps every trial of a search once, in order, across openings, and forgets them with their project', async () => {
  const folder = temporaryFolder();
  const { store } = await openSampleStore(folder);
  const project = store.projects.create({ name: 'CartPole', environmentId: 'CartPole-v1' });
  const run = store.runs.create({
    projectId: project.id,
    kind: 'search',
    recipe: {},
    seed: 0,
    versions: { secateur: '0', node: '0', backend: 'auto' },
  });
  const [late, early, second] = [
    measuredTrial({ rung: 1, number: 0, weights: 3, meanReturn: 9 }),
    measuredTrial({ rung: 0, number: 0, weights: 4, meanReturn: 8 }),
    measuredTrial({ rung: 0, number: 7, weights: 5, meanReturn: 7 }),
  ];
  const automatic = pruneRecipe(
    { kind: 'model', id: 'm' },
    { method: { kind: 'automatic', target: { kind: 'return', keep: 0.9 } } },
  );
  for (const trial of [late, second, { ...early, recipe: automatic }]) store.trials.keep(run.id, trial);
  expect(() => {
    store.trials.keep(run.id, late);
  }).toThrow();
  store.close();

  const { store: again } = await openSampleStore(folder);
  expect(again.trials.list(run.id)).toEqual([{ ...early, recipe: automatic }, second, late]);
  expect(again.trials.list('another')).toEqual([]);
});
