// What a model is made of, without storing anything.
import type { MadeModel } from '../contract/job.ts';
import type { Source } from '../contract/recipe.ts';
import { readNamed } from './read-named.ts';
import type { Services } from './services.ts';

export interface InspectedModel {
  readonly name: string;
  /** Of the file as it is on disk. */
  readonly fileBytes: number;
  readonly origin: string;
  readonly notes: readonly string[];
  readonly model: Omit<MadeModel, 'bytes'>;
}

/** @throws the errors of the file's format, FileNotFoundError */
export async function inspectModel({ store, jobHost }: Services, source: Source): Promise<InspectedModel> {
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
  const { description, count } = result.model;
  return {
    name: stored?.name ?? file.name,
    fileBytes: file.bytes.byteLength,
    origin: result.format,
    notes: stored?.source?.notes ?? result.notes,
    model: { description, count },
  };
}
