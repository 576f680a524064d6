// A model as files that other software runs: written, read back, compared, and put into a folder of their own.
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { jsonSchema, type BundleManifest, type Model } from '../contract/entity.ts';
import type { ExportCheck, NamedFile } from '../contract/job.ts';
import type { AnyPruneReport } from '../contract/prune-report.ts';
import type { Destination, ExportRecipe, Recipe } from '../contract/recipe.ts';
import { temporaryIn } from '../store/atomic-file.ts';
import { checkReplaceable, writeBundle } from '../store/bundle.ts';
import { NotWritableError, errorCode, toFileError } from '../store/file-errors.ts';
import { nodeFiles, stateOf } from '../store/file-operations.ts';
import { performRun } from './perform-run.ts';
import { renderReport } from './report/render-report.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, Services, Watch } from './services.ts';

/**
 * Fails now rather than after an hour of pruning: the folder may be written, and holds nothing that is not ours.
 * @throws BundleRefusedError, NotWritableError, NotAFolderError, DiskFullError
 */
export async function checkDestination({ folder, force }: Destination): Promise<void> {
  const target = resolve(folder);
  try {
    await checkReplaceable(target, force, nodeFiles);
    // Only trying tells: permissions say nothing of a read-only disk, or of what the administrator may not do.
    const trial = temporaryIn(await nearestFolder(dirname(target)));
    await mkdir(trial);
    await rmdir(trial);
  } catch (error) {
    // The folder is there, yet nothing can be made in it, as in /proc.
    throw errorCode(error) === 'ENOENT' ? new NotWritableError(target, { cause: error }) : toFileError(error, target);
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
  readonly report: AnyPruneReport | null;
  readonly control: RunControl;
  readonly watch: Watch;
}

/** @throws ExportMismatchError when a file read back answers differently, and the errors of `writeBundle` */
export async function exportModel(services: Services, request: ExportRequest): Promise<Exported> {
  const { store } = services;
  const { model, destination, environment, recipe, control, watch } = request;
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
  return performRun(
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
    async ({ files, checks }, run) => {
      const manifest = await writeFiles(services, request, files, checks);
      const { id } = store.exports.create({ modelId: model.id, folder, formats: destination.formats, manifest });
      const exported = {
        exportId: id,
        folder,
        files: manifest.files.map(({ path, size }) => ({ path, size })),
        checks,
      };
      store.outcomes.keep(run.id, { kind: 'export', modelId: model.id, ...exported });
      return exported;
    },
  );
}

/** The formats with recipe and report, as one folder. */
async function writeFiles(
  { versions }: Services,
  { model, destination, recipe, report }: ExportRequest,
  formats: readonly NamedFile[],
  checks: readonly ExportCheck[],
): Promise<BundleManifest> {
  const folder = resolve(destination.folder);
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const rendered = renderReport({ model, report, checks, recipe, versions });
  const files = [
    ...formats.map(({ name, bytes }) => ({ path: name, bytes })),
    { path: 'recipe.json', bytes: text(`${JSON.stringify(recipe, null, 2)}\n`) },
    { path: 'report.md', bytes: text(rendered.markdown) },
    { path: 'report.html', bytes: text(rendered.html) },
  ];
  try {
    await mkdir(dirname(folder), { recursive: true });
  } catch (error) {
    throw toFileError(error, folder);
  }
  return writeBundle({
    folder,
    files,
    about: { model: model.id, name: model.name, secateur: versions.secateur },
    force: destination.force,
  });
}
