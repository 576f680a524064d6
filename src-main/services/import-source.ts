// A model read from wherever it is, without storing anything.
import type { JobResult, NamedFile } from '../contract/job.ts';
import type { Model } from '../contract/entity.ts';
import type { Source } from '../contract/recipe.ts';
import { readNamed } from './read-named.ts';
import type { Services } from './services.ts';

export interface ImportedSource {
  readonly file: NamedFile;
  /** Null for a file. */
  readonly stored: Model | null;
  readonly result: Extract<JobResult, { kind: 'import' }>;
}

/** @throws the errors of the file's format, FileNotFoundError */
export async function importSource({ store, jobHost }: Services, source: Source): Promise<ImportedSource> {
  const stored = source.kind === 'model' ? store.models.get(source.id) : null;
  const file =
    source.kind === 'file'
      ? await readNamed(source.path)
      : {
          name: `${stored?.name ?? source.id}.safetensors`,
          bytes: await store.artifacts.get(stored?.artifactHash ?? ''),
        };
  const normalizer = source.kind === 'file' && source.normalizer !== null ? await readNamed(source.normalizer) : null;
  const result = await jobHost.start({ kind: 'import', file, normalizer, recipe: null }, () => undefined).result;
  if (result.kind !== 'import') throw new TypeError(`an import job answered with a ${result.kind} result`);
  return { file, stored, result };
}
