// What a person means by a model, and where it plays.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNASSIGNED } from '../../src-main/contract/entity.ts';
import { findRun } from '../../src-main/services/find-run.ts';
import {
  AmbiguousModelError,
  environmentOf,
  EnvironmentUnknownError,
  findModel,
  ModelNotFoundError,
  NormalizerOfStoredModelError,
  resolveSource,
} from '../../src-main/services/resolve-source.ts';
import { sampleModel, sampleProject, sampleRun } from '../store/sample-entities.ts';
import { openSampleStore } from '../store/sample-store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

async function sample() {
  const { store } = await openSampleStore(temporaryFolder());
  const project = sampleProject(store);
  const model = await sampleModel(store, project.id);
  return { store, project, model };
}

describe('a model', () => {
  it('is found by its id, its name, and the beginning of either', async () => {
    const { store, model } = await sample();
    for (const text of [model.id, model.id.slice(0, -1), 'A policy', 'A pol']) {
      expect(findModel(store, text)).toEqual(model);
    }
  });

  it('is refused where more than one fits, naming them; its whole id always fits', async () => {
    const { store, project, model } = await sample();
    const second = await sampleModel(store, project.id, model.id);
    const find = () => findModel(store, 'A policy');
    expect(find).toThrow(AmbiguousModelError);
    expect(find).toThrow(expect.objectContaining({ hint: expect.stringContaining(second.id) as string }));
    expect(findModel(store, second.id)).toEqual(second);
  });

  it('is not found once it is deleted', async () => {
    const { store, model } = await sample();
    store.models.delete(model.id);
    expect(() => findModel(store, model.id)).toThrow(ModelNotFoundError);
  });
});

describe('a source', () => {
  it('is the file where there is one of that name, with absolute paths', async () => {
    const { store } = await sample();
    const path = join(temporaryFolder(), 'A policy');
    writeFileSync(path, '');
    expect(resolveSource(store, path, 'stats.pkl')).toEqual({
      kind: 'file',
      path,
      normalizer: join(process.cwd(), 'stats.pkl'),
    });
  });

  it('is a model of the store otherwise, which takes no normaliser', async () => {
    const { store, model } = await sample();
    expect(resolveSource(store, 'A policy')).toEqual({ kind: 'model', id: model.id });
    expect(() => resolveSource(store, 'A policy', 'stats.pkl')).toThrow(NormalizerOfStoredModelError);
  });
});

describe('the environment', () => {
  const known = ['CartPole-v1', 'Acrobot-v1'];
  const file = (path: string) => ({ kind: 'file', path, normalizer: null }) as const;

  it('is the one that is named, then that of the model, then the one in the name of the file', async () => {
    const { store, model } = await sample();
    expect(environmentOf(store, file('a-Acrobot-v1.zip'), 'CartPole-v1', known)).toBe('CartPole-v1');
    expect(environmentOf(store, { kind: 'model', id: model.id }, undefined, known)).toBe('CartPole-v1');
    expect(environmentOf(store, file('/models/a2c-Acrobot-v1.zip'), undefined, known)).toBe('Acrobot-v1');
  });

  it('is asked for where nothing tells', async () => {
    const { store } = await sample();
    const project = store.projects.create({ name: UNASSIGNED, environmentId: UNASSIGNED });
    const model = await sampleModel(store, project.id);
    const ask = (source: Parameters<typeof environmentOf>[1]) => () => environmentOf(store, source, undefined, known);
    expect(ask(file('/Acrobot-v1/agent.zip'))).toThrow(EnvironmentUnknownError);
    expect(ask({ kind: 'model', id: model.id })).toThrow(EnvironmentUnknownError);
  });
});

it('a run is found by its id or by a beginning that only one has', async () => {
  const { store, project } = await sample();
  const [first, second] = [sampleRun(store, project.id), sampleRun(store, project.id)];
  expect(findRun(store, first.id)).toEqual(first);
  expect(findRun(store, second.id)).toEqual(second);
  expect(findRun(store, first.id.slice(0, 4))).toBeNull();
});
