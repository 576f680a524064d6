// A model for a recipe: one of the store, or a file that is imported once and recognised after that.
import { createHash } from 'node:crypto';
import type { Model, Project } from '../contract/entity.ts';
import type { Recipe, Source } from '../contract/recipe.ts';
import { readNamed } from './read-named.ts';
import { allModels, UNASSIGNED } from './resolve-source.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';
import { storeModel } from './store-model.ts';

/** The project that models of an environment go to, made when there is none. */
export function projectOf({ store }: Services, environmentId: string): Project {
  const existing = store.projects.list().find((project) => project.environmentId === environmentId);
  return existing ?? store.projects.create({ name: environmentId, environmentId });
}

/** The file's name without its endings: "dqn-CartPole-v1". */
function titleOf(fileName: string): string {
  return fileName.replace(/\.(zip|safetensors|json|onnx|pth?)$/i, '') || fileName;
}

/** The model that a file with this hash became when it was imported for this environment, or for any when it is null. */
function findImported({ store }: Services, sha256: string, environment: string | null): Model | undefined {
  return allModels(store).find(
    (model) =>
      model.source?.sha256 === sha256 &&
      (environment === null || store.projects.get(model.projectId).environmentId === environment),
  );
}

/**
 * @param recipe what the model is for: a file that does not fit it is not imported
 * @throws the errors of the file's format, FileNotFoundError, ModelDoesNotFitError, UnknownNameError
 */
export async function openModel(
  services: Services,
  source: Source,
  recipe: Recipe,
  control: RunControl,
  watch: Watch,
): Promise<Model> {
  const { store, jobHost } = services;
  if (source.kind === 'model') return store.models.get(source.id);
  const file = await readNamed(source.path);
  const normalizer = source.normalizer === null ? null : await readNamed(source.normalizer);
  const digest = createHash('sha256').update(file.bytes);
  if (normalizer !== null) digest.update(normalizer.bytes);
  const sha256 = digest.digest('hex');
  const known = findImported(services, sha256, recipe.environment);
  if (known !== undefined) {
    watch({ type: 'imported', model: known, notes: known.source?.notes ?? [] });
    return known;
  }
  // Nothing is stored before the file has proven to be a model.
  const job = jobHost.start({ kind: 'import', file, normalizer, recipe }, () => undefined);
  control.take(job);
  const result = await job.result;
  if (result.kind !== 'import') throw new TypeError(`an import job answered with a ${result.kind} result`);
  const model = await storeModel(services, {
    projectId: projectOf(services, recipe.environment ?? UNASSIGNED).id,
    name: titleOf(file.name),
    parentId: null,
    runId: null,
    model: result.model,
    source: { fileName: file.name, sha256, notes: result.notes },
  });
  watch({ type: 'imported', model, notes: result.notes });
  return model;
}
