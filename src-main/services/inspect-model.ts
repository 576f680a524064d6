// What a model is made of, without storing anything.
import type { MadeModel } from '../contract/job.ts';
import type { Source } from '../contract/recipe.ts';
import { importSource } from './import-source.ts';
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
export async function inspectModel(services: Services, source: Source): Promise<InspectedModel> {
  const { file, stored, result } = await importSource(services, source);
  const { description, count } = result.model;
  return {
    name: stored?.name ?? file.name,
    fileBytes: file.bytes.byteLength,
    origin: result.format,
    notes: stored?.source?.notes ?? result.notes,
    model: { description, count },
  };
}
