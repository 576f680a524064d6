// Opens the database of a store: refuses the future, sets damage aside, backs up and migrates the past.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { SecateurError } from '../contract/secateur-error.ts';
import { backUpDatabase, listBackups } from './backup.ts';
import {
  DatabaseCorruptError,
  DatabaseFromFutureError,
  DatabaseQuarantinedError,
  MigrationError,
  toDatabaseError,
} from './database-errors.ts';
import { toFileError } from './file-errors.ts';
import type { Migration } from './migrations/migrations.ts';
import { DATABASE_NAME, setDatabaseAside } from './restore-backup.ts';

const BUSY_TIMEOUT_MS = 10_000;
const WAL_RETRY_MS = 20;

export interface OpenDatabase {
  /** Made where it does not exist. */
  readonly storeFolder: string;
  readonly migrations: readonly Migration[];
  readonly now: number;
}

/**
 * @throws DatabaseFromFutureError, DatabaseQuarantinedError, DatabaseBusyError, MigrationError,
 *   DiskFullError, NotWritableError, NotAFolderError, FileAccessError
 */
export async function openDatabase({ storeFolder, migrations, now }: OpenDatabase): Promise<Database.Database> {
  const file = join(storeFolder, DATABASE_NAME);
  try {
    await mkdir(storeFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toFileError(error, storeFolder);
  }
  const database = connect(file);
  try {
    const version = schemaVersion(database);
    if (version > migrations.length) throw new DatabaseFromFutureError(file, version, migrations.length);
    checkIntegrity(database);
    if (version > 0 && version < migrations.length) await backUpDatabase({ database, storeFolder, version, now });
    await enterWriteAheadLogging(database);
    database.pragma('synchronous = FULL');
    migrate(database, migrations);
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database.close();
    const typed = toDatabaseError(error, file);
    throw typed instanceof DatabaseCorruptError ? await quarantine(storeFolder, now, error) : typed;
  }
}

function connect(file: string): Database.Database {
  try {
    return new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw toDatabaseError(error, file);
  }
}

function schemaVersion(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** Reads every page once, so that damage is found while there is still a backup from before it. */
function checkIntegrity(database: Database.Database): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new DatabaseCorruptError(database.name, verdict);
}

/**
 * Two processes that make a store at once get in each other's way here. SQLite then fails at once or blocks the whole
 * process, so this waits itself, without blocking.
 */
async function enterWriteAheadLogging(database: Database.Database): Promise<void> {
  database.pragma('busy_timeout = 0');
  for (let waited = 0; ; waited += WAL_RETRY_MS) {
    try {
      database.pragma('journal_mode = WAL');
      break;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY';
      if (!busy || waited >= BUSY_TIMEOUT_MS) throw error;
      await setTimeout(WAL_RETRY_MS);
    }
  }
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
}

function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  // Rebuilding a table would otherwise cascade; what it left behind is checked before the commit.
  database.pragma('foreign_keys = OFF');
  const work = database.transaction(() => {
    // Read again: another process may have migrated while this one waited for the lock.
    for (let version = schemaVersion(database); version < migrations.length; version++) {
      try {
        migrations[version]!(database);
      } catch (error) {
        const typed = toDatabaseError(error, database.name);
        throw typed instanceof SecateurError ? typed : new MigrationError(database.name, version + 1, error);
      }
      database.pragma(`user_version = ${version + 1}`);
    }
    const violations = database.pragma('foreign_key_check') as unknown[];
    if (violations.length > 0) {
      throw new MigrationError(database.name, migrations.length, new Error(`${violations.length} dangling references`));
    }
  });
  if (schemaVersion(database) < migrations.length) work.immediate();
}

async function quarantine(storeFolder: string, now: number, cause: unknown): Promise<DatabaseQuarantinedError> {
  const kept = await setDatabaseAside(storeFolder, now);
  const newest = (await listBackups(storeFolder))[0] ?? null;
  return new DatabaseQuarantinedError(join(storeFolder, DATABASE_NAME), kept, newest, cause);
}
