// A file that a person chose, with its name.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NamedFile } from '../contract/job.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { toFileError } from '../store/file-errors.ts';

/** Beyond what a policy can be; read whole into memory, so it has to end somewhere. */
const LARGEST_FILE = 4 * 1024 ** 3;

export class FileTooLargeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, bytes: number) {
    super(`"${path}" has ${bytes} bytes, more than any policy`, 'Choose the model file of one agent.');
  }
}

/** @throws FileTooLargeError, FileNotFoundError, FileAccessError */
export async function readNamed(path: string): Promise<NamedFile> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE) throw new FileTooLargeError(path, size);
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    throw toFileError(error, path);
  }
}
