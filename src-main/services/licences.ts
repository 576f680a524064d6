// What the application is made of, as build/generate-licences.ts wrote it down.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { licencesSchema, type Licences } from '../contract/licences.ts';

/** The same address from the sources and from the built file: both lie two folders deep. */
const file = fileURLToPath(new URL('../../resources/licences.json', import.meta.url));

export async function readLicences(): Promise<Licences> {
  return licencesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}
