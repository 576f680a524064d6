// Copies of the database: made before a migration and when the host asks, offered when the database is damaged.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { temporaryIn } from './atomic-file.ts';
import { toFileError } from './file-errors.ts';
import { nodeFiles, stateOf, syncFile, syncFolder } from './file-operations.ts';

/** Sorts by time: "secateur-2026-01-31T12-00-00-000Z-v1.db". */
const BACKUP_NAME = /^secateur-[0-9TZ-]+-v\d+\.db$/;
const BACKUPS_KEPT = 5;

/** A time as a part of a file name that Windows takes too. */
export function timeInFileName(time: number): string {
  return new Date(time).toISOString().replace(/[:.]/g, '-');
}

/** Paths of the backups of a store, newest first. */
export async function listBackups(storeFolder: string): Promise<string[]> {
  const folder = join(storeFolder, 'backups');
  if ((await stateOf(folder, nodeFiles)) === null) return [];
  const names = (await readdir(folder)).filter((name) => BACKUP_NAME.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

export interface BackUp {
  readonly database: Database;
  readonly storeFolder: string;
  readonly version: number;
  readonly now: number;
}

/**
 * A consistent copy while others go on writing; the oldest copies make room. Returns its path.
 * @throws DiskFullError, NotWritableError, FileAccessError
 */
export async function backUpDatabase({ database, storeFolder, version, now }: BackUp): Promise<string> {
  const folder = join(storeFolder, 'backups');
  const path = join(folder, `secateur-${timeInFileName(now)}-v${version}.db`);
  const temporary = temporaryIn(folder);
  try {
    await mkdir(folder, { recursive: true });
    await database.backup(temporary);
    await syncFile(temporary);
    await rename(temporary, path);
    await syncFolder(folder, nodeFiles);
    for (const old of (await listBackups(storeFolder)).slice(BACKUPS_KEPT)) await rm(old, { force: true });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw toFileError(error, path);
  }
  return path;
}
