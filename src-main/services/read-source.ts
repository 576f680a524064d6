// A model as a worker reads it from its source, without storing anything.
import type { JobResult } from '../contract/job.ts';
import type { Source } from '../contract/recipe.ts';
import { readNamed } from './read-named.ts';
import type { Services } from './services.ts';

export interface ReadSource {
  readonly name: string;
  /** Of the file as it is on disk. */
  readonly fileBytes: number;
  readonly read: Extract<JobResult, { kind: 'import' }>;
  /** What was assumed when the file was read. */
  readonly notes: readonly string[];
}

/** @throws the errors of the file's format, FileNotFoundError */
export async function readSource({ store, jobHost }: Services, source: Source): Promise<ReadSource> {
  const stored = source.kind === 'model' ? store.models.get(source.id) : null;
  const file =
    source.kind === 'file'
      ? await readNamed(source.path)
      : {
          name: `${stored?.name ?? source.id}.safetensors`,
          bytes: await store.artifacts.get(stored?.artifactHash ?? ''),
        };
  const normalizer = source.kind === 'file' && source.normalizer !== null ? await readNamed(source.normalizer) : null;
  const read = await jobHost.start({ kind: 'import', file, normalizer, recipe: null }, () => undefined).result;
  if (read.kind !== 'import') throw new TypeError(`an import job answered with a ${read.kind} result`);
  return {
    name: stored?.name ?? file.name,
    fileBytes: file.bytes.byteLength,
    read,
    notes: stored?.source?.notes ?? read.notes,
  };
}
