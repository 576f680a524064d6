// What the operating system refuses, as errors that say what would help.
import { SecateurError } from '../contract/secateur-error.ts';

export class DiskFullError extends SecateurError {
  readonly kind = 'environment';

  constructor(path: string, options?: ErrorOptions) {
    super(
      `the disk is full: could not write "${path}"`,
      'Free some space, or choose a folder on another disk.',
      options,
    );
  }
}

export class NotWritableError extends SecateurError {
  readonly kind = 'environment';

  constructor(path: string, options?: ErrorOptions) {
    super(
      `not allowed to write "${path}"`,
      'Check the permissions and that the disk is not read-only, or choose another folder.',
      options,
    );
  }
}

/** A file lies where a folder is needed. */
export class NotAFolderError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, options?: ErrorOptions) {
    super(`part of "${path}" is a file, not a folder`, 'Choose another folder.', options);
  }
}

export class FileNotFoundError extends SecateurError {
  readonly kind = 'not-found';

  constructor(path: string, options?: ErrorOptions) {
    super(`"${path}" does not exist`, 'Check the path; the disk may not be connected.', options);
  }
}

/** Any other failure of the disk or its driver. */
export class FileAccessError extends SecateurError {
  readonly kind = 'environment';

  constructor(path: string, cause: unknown) {
    super(
      `could not access "${path}": ${cause instanceof Error ? cause.message : String(cause)}`,
      'Check the disk, or choose another folder.',
      { cause },
    );
  }
}

/** The `code` of a Node error: "ENOSPC". */
export function errorCode(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A failed file operation as the error to show; what is typed already stays. */
export function toFileError(thrown: unknown, path: string): SecateurError {
  if (thrown instanceof SecateurError) return thrown;
  switch (errorCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DiskFullError(path, { cause: thrown });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new NotWritableError(path, { cause: thrown });
    case 'ENOTDIR':
    case 'EEXIST':
      return new NotAFolderError(path, { cause: thrown });
    case 'ENOENT':
      return new FileNotFoundError(path, { cause: thrown });
    default:
      return new FileAccessError(path, thrown);
  }
}
