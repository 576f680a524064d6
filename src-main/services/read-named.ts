// A file that a person chose, with its name.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NamedFile } from '../contract/job.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { toFileError } from '../store/file-errors.ts';

/** Bytes; far beyond what a policy can be. Read whole into memory, so it has to end somewhere. */
const LARGEST_FILE = 1024 ** 3;

export class FileTooLargeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, bytes: number) {
    super(`"${path}" has ${bytes} bytes, more than any policy`, 'Choose the model file of one agent.');
  }
}

/** A folder where the file of an agent is needed. */
export class NotAFileError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string) {
    super(`"${path}" is not a file`, 'Choose the model file of one agent.');
  }
}

/** @throws FileTooLargeError, NotAFileError, FileNotFoundError, FileAccessError */
export async function readNamed(path: string): Promise<NamedFile> {
  try {
    const state = await stat(path);
    if (!state.isFile()) throw new NotAFileError(path);
    const { size } = state;
    if (size > LARGEST_FILE) throw new FileTooLargeError(path, size);
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    throw toFileError(error, path);
  }
}
