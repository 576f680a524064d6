// A model as files that other software runs: written, read back, compared, and put into a folder of their own.
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { jsonSchema, type Model } from '../contract/entity.ts';
import type { PruneReport } from '../contract/prune-report.ts';
import type { Destination, ExportRecipe, Recipe } from '../contract/recipe.ts';
import { checkReplaceable, writeBundle } from '../store/bundle.ts';
import { toFileError } from '../store/file-errors.ts';
import { nodeFiles, stateOf } from '../store/file-operations.ts';
import { performRun } from './perform-run.ts';
import { renderReport } from './report/render-report.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, RunEvent, Services } from './services.ts';

/**
 * Fails now rather than after an hour of pruning: the folder may be written, and holds nothing that is not ours.
 * @throws BundleRefusedError, NotWritableError, NotAFolderError
 */
export async function checkDestination({ folder, force }: Destination): Promise<void> {
  const target = resolve(folder);
  try {
    await checkReplaceable(target, force, nodeFiles);
    await access(await nearestFolder(dirname(target)), constants.W_OK);
  } catch (error) {
    throw toFileError(error, target);
  }
}

/** The folder itself, or the closest one above it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  const state = await stateOf(folder, nodeFiles);
  return state === null && dirname(folder) !== folder ? nearestFolder(dirname(folder)) : folder;
}

export interface ExportRequest {
  readonly model: Model;
  readonly destination: Destination;
  readonly environment: string | null;
  /** What led here; it travels with the files. */
  readonly recipe: Recipe;
  /** Of the pruning that made the model, if it was made by one just now. */
  readonly report: PruneReport | null;
  readonly control: RunControl;
  readonly watch: (event: RunEvent) => void;
}

/** @throws ExportMismatchError when a file read back answers differently, and the errors of `writeBundle` */
export async function exportModel(services: Services, request: ExportRequest): Promise<Exported> {
  const { store, versions } = services;
  const { model, destination, environment, recipe, report, control, watch } = request;
  const folder = resolve(destination.folder);
  const exportRecipe: ExportRecipe = {
    kind: 'export',
    version: 1,
    seed: recipe.seed,
    backend: recipe.backend,
    source: { kind: 'model', id: model.id },
    environment,
    export: destination,
  };
  const { result } = await performRun(
    services,
    {
      projectId: model.projectId,
      kind: 'export',
      recipe: jsonSchema.parse(exportRecipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: { kind: 'export', recipe: exportRecipe, model: await store.artifacts.get(model.artifactHash) },
    },
    control,
    watch,
  );
  const { checks } = result;
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const rendered = renderReport({ model, report, checks, recipe, versions });
  const files = [
    ...result.files.map(({ name, bytes }) => ({ path: name, bytes })),
    { path: 'recipe.json', bytes: text(`${JSON.stringify(recipe, null, 2)}\n`) },
    { path: 'report.md', bytes: text(rendered.markdown) },
    { path: 'report.html', bytes: text(rendered.html) },
  ];
  try {
    await mkdir(dirname(folder), { recursive: true });
  } catch (error) {
    throw toFileError(error, folder);
  }
  const manifest = await writeBundle({
    folder,
    files,
    about: { model: model.id, name: model.name, secateur: versions.secateur },
    force: destination.force,
  });
  store.exports.create({ modelId: model.id, folder, formats: destination.formats, manifest });
  return { folder, files: manifest.files.map(({ path, size }) => ({ path, size })), checks };
}
