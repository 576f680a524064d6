// What a model is made of, without storing anything.
import type { MadeModel } from '../contract/job.ts';
import type { Source } from '../contract/recipe.ts';
import { readSource } from './read-source.ts';
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
  const { name, fileBytes, read, notes } = await readSource(services, source);
  const { description, count } = read.model;
  return { name, fileBytes, origin: read.format, notes, model: { description, count } };
}
