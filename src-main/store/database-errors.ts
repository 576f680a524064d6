// What can go wrong with the database, and the translation of SQLite's codes.
import Database from 'better-sqlite3';
import { SecateurError } from '../contract/secateur-error.ts';
import { DiskFullError, FileAccessError, NotWritableError } from './file-errors.ts';

/** Written by a newer Secateur; left untouched. */
export class DatabaseFromFutureError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string, version: number, known: number) {
    super(
      `"${file}" has schema version ${version}, but this Secateur knows versions up to ${known}`,
      'Update Secateur, or choose another data folder.',
    );
  }
}

/** Found damaged while opening and set aside; the next opening starts with an empty store unless a backup is restored. */
export class DatabaseQuarantinedError extends SecateurError {
  readonly kind = 'environment';
  /** Where the damaged file lies now. */
  readonly quarantined: string;
  /** The newest backup, for `restoreBackup`. */
  readonly backup: string | null;

  constructor(file: string, quarantined: string, backup: string | null, cause: unknown) {
    super(
      `"${file}" is damaged; it was kept as "${quarantined}"`,
      backup === null
        ? 'There is no backup; opening again starts an empty store. Exported models are not affected.'
        : `Restore the last backup, "${backup}", or open again to start an empty store.`,
      { cause },
    );
    this.quarantined = quarantined;
    this.backup = backup;
  }
}

/** Found damaged while in use. */
export class DatabaseCorruptError extends SecateurError {
  readonly kind = 'environment';

  constructor(file: string, cause?: unknown) {
    super(
      `"${file}" is damaged`,
      'Close Secateur and start it again: it keeps the damaged file and offers the last backup.',
      { cause },
    );
  }
}

export class DatabaseBusyError extends SecateurError {
  readonly kind = 'environment';

  constructor(file: string, cause: unknown) {
    super(`another process is holding "${file}"`, 'Wait for it to finish, or close the other Secateur.', { cause });
  }
}

export class MigrationError extends SecateurError {
  readonly kind = 'internal';

  constructor(file: string, version: number, cause: unknown) {
    super(
      `could not bring "${file}" to schema version ${version}: ${cause instanceof Error ? cause.message : String(cause)}`,
      'The database is as it was before; go on with the version of Secateur that wrote it.',
      { cause },
    );
  }
}

/** A row does not have the shape that was written: damage, or our bug. */
export class InvalidRowError extends SecateurError {
  readonly kind = 'internal';

  constructor(sql: string, cause: Error) {
    super(`a stored row is not valid (${sql}): ${cause.message}`, 'Restore a backup of the store.', { cause });
  }
}

export class RecordNotFoundError extends SecateurError {
  readonly kind = 'not-found';

  /** @param what the field's word for it: "model". */
  constructor(what: string, id: string) {
    super(`there is no ${what} "${id}"`, `List the ${what}s to see which there are; it may have been purged.`);
  }
}

/** A failure of SQLite as the error to show; anything else, such as a violated constraint, is our bug and stays. */
export function toDatabaseError(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof Database.SqliteError)) return thrown;
  // Extended codes such as SQLITE_IOERR_WRITE start with the code of their family.
  switch (thrown.code.split('_')[1]) {
    case 'FULL':
      return new DiskFullError(file, { cause: thrown });
    case 'READONLY':
    case 'PERM':
    case 'CANTOPEN':
      return new NotWritableError(file, { cause: thrown });
    case 'BUSY':
      return new DatabaseBusyError(file, thrown);
    case 'CORRUPT':
    case 'NOTADB':
      return new DatabaseCorruptError(file, thrown);
    case 'IOERR':
      return new FileAccessError(file, thrown);
    default:
      return thrown;
  }
}
