// Puts a backup in the place of the database. The database that was there is kept beside it.
import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { temporaryIn } from './atomic-file.ts';
import { timeInFileName } from './backup.ts';
import { DatabaseCorruptError, toDatabaseError } from './database-errors.ts';
import { toFileError } from './file-errors.ts';
import { nodeFiles, stateOf, syncFile, syncFolder } from './file-operations.ts';

export const DATABASE_NAME = 'secateur.db';

export interface RestoreBackup {
  readonly storeFolder: string;
  /** One of `listBackups`. */
  readonly backup: string;
  readonly now: number;
}

/**
 * No process may have the store open.
 * @throws DatabaseCorruptError where the backup itself is damaged; FileNotFoundError, DiskFullError, NotWritableError
 */
export async function restoreBackup({ storeFolder, backup, now }: RestoreBackup): Promise<void> {
  const temporary = temporaryIn(storeFolder);
  try {
    await copyFile(backup, temporary);
    checkCopy(temporary, backup);
    await syncFile(temporary);
    await setDatabaseAside(storeFolder, now);
    await rename(temporary, join(storeFolder, DATABASE_NAME));
    await syncFolder(storeFolder, nodeFiles);
  } catch (error) {
    throw toFileError(error, backup);
  } finally {
    // SQLite leaves the two companions where the copy could not be read to its end.
    for (const suffix of ['', '-wal', '-shm']) await rm(temporary + suffix, { force: true }).catch(() => undefined);
  }
}

function checkCopy(copy: string, backup: string): void {
  const database = new Database(copy, { fileMustExist: true });
  try {
    const verdict = database.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new DatabaseCorruptError(backup, verdict);
  } catch (error) {
    throw toDatabaseError(error, backup);
  } finally {
    database.close();
  }
}

/** Renames the database and its write-ahead log to names that open together; returns the new path. */
export async function setDatabaseAside(storeFolder: string, now: number): Promise<string> {
  const file = join(storeFolder, DATABASE_NAME);
  const kept = join(storeFolder, `secateur-set-aside-${timeInFileName(now)}.db`);
  try {
    for (const suffix of ['-wal', '-shm', '']) {
      if ((await stateOf(file + suffix, nodeFiles)) !== null) await rename(file + suffix, kept + suffix);
    }
    await syncFolder(storeFolder, nodeFiles);
  } catch (error) {
    throw toFileError(error, file);
  }
  return kept;
}
