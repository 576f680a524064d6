// A model for a recipe: one of the store, or a file that is imported once and recognised after that.
import { UNASSIGNED, type Model } from '../contract/entity.ts';
import { environmentIn, type Recipe, type Source } from '../contract/recipe.ts';
import { findImported, fingerprint, projectOf, titleOf } from './imported-models.ts';
import { readNamed } from './read-named.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';
import { storeModel } from './store-model.ts';

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
  const environment = environmentIn(recipe);
  const sha256 = fingerprint(file, normalizer);
  const known = findImported(services, sha256, environment);
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
    projectId: projectOf(services, environment ?? UNASSIGNED).id,
    name: titleOf(file.name),
    parentId: null,
    runId: null,
    model: result.model,
    source: { fileName: file.name, sha256, notes: result.notes },
  });
  watch({ type: 'imported', model, notes: result.notes });
  return model;
}
