// Writes resources/licences.json, which the application shows: what it is made of, and under which licences.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectLicences } from './licences/collect-licences.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
writeFileSync(
  new URL('../resources/licences.json', import.meta.url),
  `${JSON.stringify(collectLicences(root), null, 1)}\n`,
);
