// Whether a process that opened the store still lives: each holds a lock on a file of its own, and the operating
// system releases it however the process ends. Unlike a process id, it cannot pass to someone else.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toFileError } from './file-errors.ts';

export interface HostLock {
  readonly hostId: string;
  release(): void;
}

function lockFile(storeFolder: string, hostId: string): string {
  return join(storeFolder, 'hosts', `${hostId}.lock`);
}

/** Opens `file` as an empty database and takes its exclusive lock; null where another process has it. */
function tryLock(file: string): Database.Database | null {
  const database = new Database(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
}

/**
 * Call inside a write transaction of the store, as `removeDeadHosts`, so that none is seen between creation and lock.
 * @throws NotWritableError, NotAFolderError, FileAccessError
 */
export function lockHost(storeFolder: string, hostId: string): HostLock {
  const file = lockFile(storeFolder, hostId);
  try {
    mkdirSync(join(storeFolder, 'hosts'), { recursive: true });
  } catch (error) {
    throw toFileError(error, file);
  }
  const lock = tryLock(file);
  if (lock === null) throw new Error(`host id "${hostId}" is in use`);
  return {
    hostId,
    release: () => {
      lock.close();
      rmSync(file, { force: true });
    },
  };
}

/** Removes the lock files of processes that ended without releasing theirs; returns the ids of those that live. */
export function removeDeadHosts(storeFolder: string): ReadonlySet<string> {
  const living = new Set<string>();
  for (const name of readdirSync(join(storeFolder, 'hosts'))) {
    if (!name.endsWith('.lock')) continue;
    const hostId = name.slice(0, -'.lock'.length);
    const lock = tryLock(lockFile(storeFolder, hostId));
    if (lock === null) {
      living.add(hostId);
    } else {
      lock.close();
      rmSync(lockFile(storeFolder, hostId), { force: true });
    }
  }
  return living;
}
