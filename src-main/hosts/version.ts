// Which Secateur this is.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The same address from the sources and from the built file: both lie two folders deep. */
const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url));

export const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')));
