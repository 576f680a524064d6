// A model for a recipe: one of the store, or a file that is imported once and recognised after that.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Model, Project } from '../contract/entity.ts';
import type { NamedFile } from '../contract/job.ts';
import type { Source } from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { toFileError } from '../store/file-errors.ts';
import { performRun } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import type { RunEvent, Services } from './services.ts';
import { storeModel } from './store-model.ts';

/** Beyond what a policy can be; read whole into memory, so it has to end somewhere. */
const LARGEST_FILE = 4 * 1024 ** 3;

export class FileTooLargeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, bytes: number) {
    super(`"${path}" has ${bytes} bytes, more than any policy`, 'Choose the model file of one agent.');
  }
}

async function readNamed(path: string): Promise<NamedFile> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE) throw new FileTooLargeError(path, size);
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** The project that models of an environment go to, made when there is none. */
export function projectOf({ store }: Services, environmentId: string): Project {
  const existing = store.projects.list().find((project) => project.environmentId === environmentId);
  return existing ?? store.projects.create({ name: environmentId, environmentId });
}

/** The file's name without its endings: "dqn-CartPole-v1". */
function titleOf(fileName: string): string {
  return fileName.replace(/\.(zip|safetensors|json|onnx|pth?)$/i, '') || fileName;
}

/**
 * @param environmentId of the project that an imported file goes to
 * @throws the errors of the file's format, and FileNotFoundError
 */
export async function openModel(
  services: Services,
  source: Source,
  environmentId: string,
  control: RunControl,
  onEvent: (event: RunEvent) => void,
): Promise<Model> {
  const { store } = services;
  if (source.kind === 'model') return store.models.get(source.id);
  const file = await readNamed(source.path);
  const normalizer = source.normalizer === null ? null : await readNamed(source.normalizer);
  const digest = createHash('sha256').update(file.bytes);
  if (normalizer !== null) digest.update(normalizer.bytes);
  const sha256 = digest.digest('hex');
  const project = projectOf(services, environmentId);
  const known = store.models.list(project.id).find((model) => model.source?.sha256 === sha256);
  if (known !== undefined) {
    onEvent({ type: 'imported', model: known, notes: known.source?.notes ?? [] });
    return known;
  }
  const { run, result } = await performRun(
    services,
    {
      projectId: project.id,
      kind: 'import',
      recipe: { kind: 'import', file: file.name, normalizer: normalizer?.name ?? null },
      seed: 0,
      backend: 'none',
      job: { kind: 'import', file, normalizer },
    },
    control,
    onEvent,
  );
  const model = await storeModel(services, {
    projectId: project.id,
    name: titleOf(file.name),
    parentId: null,
    runId: run.id,
    model: result.model,
    source: { fileName: file.name, sha256, notes: result.notes },
  });
  onEvent({ type: 'imported', model, notes: result.notes });
  return model;
}
