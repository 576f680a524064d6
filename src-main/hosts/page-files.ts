// The built page as a fixed map from address to content, read once: a request can name nothing else on the disk.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { SecateurError } from '../contract/secateur-error.ts';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

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
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const path = join(entry.parentPath, entry.name);
      const address = `/${relative(folder, path).split(sep).join('/')}`;
      files.set(address, { type, bytes: await readFile(path) });
    }
    const index = files.get('/index.html');
    if (index === undefined) throw new Error('no index.html');
    files.set('/', index);
  } catch (error) {
    throw new PageNotBuiltError(folder, { cause: error });
  }
  return files;
}
