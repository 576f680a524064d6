// The built page as a fixed map from address to content, read once: a request can name nothing else on the disk.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SecateurError } from '../contract/secateur-error.ts';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The same address from the sources and from the built file: both lie two folders deep. */
export const PAGE_FOLDER = fileURLToPath(new URL('../../out/renderer', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The page was never built. */
export class PageNotBuiltError extends SecateurError {
  readonly kind = 'environment';

  constructor(folder: string, options: ErrorOptions) {
    super(`the page is not in "${folder}"`, 'Build it with `npm run build`.', options);
  }
}

/** @param folder out/renderer @throws PageNotBuiltError */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  try {
    await gather(folder, '', files);
    const index = files.get('/index.html');
    if (index === undefined) throw new Error('no index.html');
    files.set('/', index);
  } catch (error) {
    throw new PageNotBuiltError(folder, { cause: error });
  }
  return files;
}

/** @param address of the folder, "" or "/assets" */
async function gather(folder: string, address: string, files: Map<string, PageFile>): Promise<void> {
  // Not `recursive`: it finds nothing inside an application's archive.
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const type = TYPES[extname(entry.name)];
    if (entry.isDirectory()) await gather(path, `${address}/${entry.name}`, files);
    else if (entry.isFile() && type !== undefined) {
      files.set(`${address}/${entry.name}`, { type, bytes: await readFile(path) });
    }
  }
}
