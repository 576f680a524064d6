import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { RecordNotFoundError } from '../../src-main/store/database-errors.ts';
import { ModelHasChildrenError } from '../../src-main/store/models.ts';
import { sampleModel, sampleProject } from './sample-entities.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const idsOf = (models: readonly { id: string }[]): string[] => models.map(({ id }) => id);

describe('Models', () => {
  it('changes nothing of a model but its name', async () => {
    const folder = temporaryFolder();
    const { store } = await openSampleStore(folder);
    const model = await sampleModel(store, sampleProject(store).id);
    store.models.rename(model.id, 'Pruned by half');
    expect(store.models.get(model.id)).toEqual({ ...model, name: 'Pruned by half' });
    const other = new Database(join(folder, 'secateur.db'));
    expect(() => other.exec("UPDATE models SET counts = '{}'")).toThrow('a model never changes');
    other.close();
  });

  it('follows the lineage up through deleted models and down to the living', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const { id: project } = sampleProject(store);
    const root = await sampleModel(store, project);
    const middle = await sampleModel(store, project, root.id);
    const leaf = await sampleModel(store, project, middle.id);
    const sibling = await sampleModel(store, project, root.id);
    store.models.delete(middle.id);
    expect(idsOf(store.models.ancestors(leaf.id))).toEqual([middle.id, root.id]);
    expect(store.models.ancestors(root.id)).toEqual([]);
    expect(idsOf(store.models.children(root.id))).toEqual([sibling.id]);
    store.models.restore(middle.id);
    expect(idsOf(store.models.children(root.id))).toEqual([middle.id, sibling.id]);
    expect(idsOf(store.models.children(middle.id))).toEqual([leaf.id]);
  });

  it('takes no parent from another project', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const foreign = await sampleModel(store, sampleProject(store).id);
    await expect(sampleModel(store, sampleProject(store).id, foreign.id)).rejects.toThrow('FOREIGN KEY');
  });

  it('purges a deleted model once nothing was made from it', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const { id: project } = sampleProject(store);
    const parent = await sampleModel(store, project);
    const child = await sampleModel(store, project, parent.id);
    const purge = (id: string) => () => {
      store.models.purge(id);
    };
    expect(purge(child.id)).toThrow(RecordNotFoundError);
    store.models.delete(parent.id);
    store.models.delete(child.id);
    expect(purge(parent.id)).toThrow(ModelHasChildrenError);
    expect(idsOf(store.models.listDeleted(project))).toEqual([parent.id, child.id]);
    store.models.purge(child.id);
    store.models.purge(parent.id);
    expect(store.models.listDeleted(project)).toEqual([]);
  });

  it('says which model is not there', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    for (const call of [
      () => store.models.get('m1'),
      () => {
        store.models.rename('m1', 'x');
      },
      () => {
        store.models.delete('m1');
      },
    ]) {
      expect(call).toThrow('there is no model "m1"');
    }
  });
});
