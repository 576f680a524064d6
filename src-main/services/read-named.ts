// A file that a person chose, with its name.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NamedFile } from '../contract/job.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { toFileError } from '../store/file-errors.ts';

/** In bytes. Files are read whole into memory, so they have to end somewhere. */
const WANTED = {
  /** Far beyond what a policy can be. */
  model: { largest: 1024 ** 3, hint: 'Choose the model file of one agent.' },
  /** A million observations of a robot; nine thousand of an Atari game, as bytes. */
  observations: {
    largest: 256 * 1024 ** 2,
    hint: 'Choose a file of some ten thousand observations; more change nothing.',
  },
} as const;
export type Wanted = keyof typeof WANTED;

export class FileTooLargeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, bytes: number, wanted: Wanted) {
    super(`"${path}" has ${bytes} bytes, more than ${WANTED[wanted].largest}`, WANTED[wanted].hint);
  }
}

/** A folder where a file is needed. */
export class NotAFileError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, wanted: Wanted) {
    super(`"${path}" is not a file`, WANTED[wanted].hint);
  }
}

/** @throws FileTooLargeError, NotAFileError, FileNotFoundError, FileAccessError */
export async function readNamed(path: string, wanted: Wanted = 'model'): Promise<NamedFile> {
  try {
    const state = await stat(path);
    if (!state.isFile()) throw new NotAFileError(path, wanted);
    const { size } = state;
    if (size > WANTED[wanted].largest) throw new FileTooLargeError(path, size, wanted);
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    throw toFileError(error, path);
  }
}
