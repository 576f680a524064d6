// Observations that a pruning is based on: given once from a page and kept, or read from a disk.
import type { AnswerOf } from '../contract/api/api.ts';
import type { Model } from '../contract/entity.ts';
import type { NamedFile } from '../contract/job.ts';
import type { ObservationsSource } from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { RecordNotFoundError } from '../store/database-errors.ts';
import { readNamed } from './read-named.ts';
import type { Services } from './services.ts';

/** What no run refers to is kept for a day. */
export class ObservationsGoneError extends SecateurError {
  readonly kind = 'not-found';

  constructor(name: string) {
    super(
      `the store has the observations "${name}" no longer`,
      'Give the file again; a recipe can name one on the disk instead: {"kind": "file", "path": "seen.npy"}.',
    );
  }
}

/**
 * The store keeps the file as it is, by its hash, as soon as a worker has read it.
 * @throws the errors of the file's format, TooFewObservationsError
 */
export async function giveObservations(
  { store, jobHost }: Services,
  { artifactHash }: Model,
  file: NamedFile,
): Promise<AnswerOf<'recipes.give-observations'>> {
  const model = await store.artifacts.get(artifactHash);
  const result = await jobHost.start({ kind: 'observations', file, model }, () => undefined).result;
  if (result.kind !== 'observations') throw new TypeError(`an observations job answered with a ${result.kind} result`);
  const { hash } = await store.artifacts.put('observations', file.bytes);
  return { observations: { kind: 'stored', hash, name: file.name }, described: result.described };
}

/** @throws ObservationsGoneError, and what reading a file throws */
export async function openObservations({ store }: Services, source: ObservationsSource): Promise<NamedFile> {
  if (source.kind === 'file') return readNamed(source.path, 'observations');
  const { hash, name } = source;
  try {
    return { name, bytes: await store.artifacts.get(hash) };
  } catch (error) {
    throw error instanceof RecordNotFoundError ? new ObservationsGoneError(name) : error;
  }
}
