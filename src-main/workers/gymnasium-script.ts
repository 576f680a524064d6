// Where the script is that Python runs. In this folder, since from here resources are as far in a build as in the sources.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Read here and not by Python, which does not look into an application's archive. */
export const readGymnasiumScript = (): Uint8Array =>
  readFileSync(fileURLToPath(new URL('../../resources/gymnasium/bridge.py', import.meta.url)));
