import { expect, it } from 'vitest';
import { RecordNotFoundError } from '../../src-main/store/database-errors.ts';
import { sampleModel, sampleProject, sampleRun } from './sample-entities.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('renames a project, and refuses an empty name', async () => {
  const { store } = await openSampleStore(temporaryFolder());
  const { id } = sampleProject(store);
  store.projects.rename(id, 'Pole only');
  expect(store.projects.get(id).name).toBe('Pole only');
  expect(() => {
    store.projects.rename(id, '   ');
  }).toThrow();
  expect(store.projects.get(id).name).toBe('Pole only');
});

it('hides a deleted project until it is restored', async () => {
  const { store } = await openSampleStore(temporaryFolder());
  const project = sampleProject(store);
  const other = sampleProject(store);
  store.projects.delete(project.id);
  expect(store.projects.list()).toEqual([other]);
  expect(store.projects.listDeleted().map(({ id }) => id)).toEqual([project.id]);
  store.projects.restore(project.id);
  expect(store.projects.list()).toEqual([project, other]);
});

it('purges only a deleted project, with everything in it', async () => {
  const { store } = await openSampleStore(temporaryFolder());
  const { id } = sampleProject(store);
  const parent = await sampleModel(store, id);
  const child = await sampleModel(store, id, parent.id);
  const run = sampleRun(store, id);
  store.metrics.append(run.id, [{ sequence: 0, name: 'loss', step: 0, value: 1 }]);
  const elsewhere = await sampleModel(store, sampleProject(store).id);

  expect(() => {
    store.projects.purge(id);
  }).toThrow(RecordNotFoundError);
  store.projects.delete(id);
  store.projects.purge(id);
  for (const get of [
    () => store.projects.get(id),
    () => store.models.get(parent.id),
    () => store.models.get(child.id),
    () => store.runs.get(run.id),
  ]) {
    expect(get).toThrow(RecordNotFoundError);
  }
  expect(store.metrics.names(run.id)).toEqual([]);
  expect(store.models.get(elsewhere.id)).toEqual(elsewhere);
});
