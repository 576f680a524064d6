import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { listBackups } from '../../src-main/store/backup.ts';
import {
  DatabaseCorruptError,
  DatabaseFromFutureError,
  DatabaseQuarantinedError,
  MigrationError,
} from '../../src-main/store/database-errors.ts';
import { NotAFolderError } from '../../src-main/store/file-errors.ts';
import { migrations as shipped, type Migration } from '../../src-main/store/migrations/migrations.ts';
import { openDatabase } from '../../src-main/store/open-database.ts';
import { restoreBackup } from '../../src-main/store/restore-backup.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What happens elsewhere while the opening waits for its next attempt. */
const whileWaiting = vi.hoisted(() => vi.fn<() => void>());
vi.mock('node:timers/promises', () => ({
  setTimeout: () => {
    whileWaiting();
    return Promise.resolve();
  },
}));

const now = Date.UTC(2026, 0, 31);
const addProject = "INSERT INTO projects VALUES ('p1', 'Kept', 'CartPole-v1', 1, NULL)";
const addColumn: Migration = (database) => database.exec("ALTER TABLE projects ADD COLUMN notes TEXT DEFAULT 'none'");

/** A closed store with one project in it; returns its folder. */
async function storeWithProject(): Promise<string> {
  const storeFolder = temporaryFolder();
  const database = await openDatabase({ storeFolder, migrations: shipped, now });
  database.exec(addProject);
  database.close();
  return storeFolder;
}

async function projectNames(storeFolder: string): Promise<unknown[]> {
  const database = await openDatabase({ storeFolder, migrations: shipped, now });
  const names = database.prepare('SELECT name FROM projects').pluck().all();
  database.close();
  return names;
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('openDatabase', () => {
  it('makes a new database that syncs each commit and checks references', async () => {
    const storeFolder = join(temporaryFolder(), 'new', 'folder');
    const database = await openDatabase({ storeFolder, migrations: shipped, now });
    const pragma = (name: string) => database.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('user_version')).toBe(shipped.length);
    const loose = database
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0",
      )
      .all();
    expect(loose).toEqual([]);
    database.close();
    expect(await listBackups(storeFolder)).toEqual([]);
  });

  it('refuses a database from the future and leaves it as it is', async () => {
    const storeFolder = await storeWithProject();
    const file = join(storeFolder, 'secateur.db');
    const future = new Database(file);
    future.pragma('user_version = 99');
    future.close();
    const before = readFileSync(file);
    await expect(openDatabase({ storeFolder, migrations: shipped, now })).rejects.toThrow(DatabaseFromFutureError);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(storeFolder)).toEqual(['secateur.db']);
  });

  it('backs an older database up, then migrates it', async () => {
    const storeFolder = await storeWithProject();
    const database = await openDatabase({ storeFolder, migrations: [...shipped, addColumn], now });
    expect(database.prepare('SELECT name, notes FROM projects').all()).toEqual([{ name: 'Kept', notes: 'none' }]);
    expect(database.pragma('user_version', { simple: true })).toBe(shipped.length + 1);
    database.close();
    const backups = await listBackups(storeFolder);
    expect(backups.map((path) => path.slice(storeFolder.length + 1))).toEqual([
      join('backups', `secateur-2026-01-31T00-00-00-000Z-v${shipped.length}.db`),
    ]);
    const backup = new Database(backups[0], { readonly: true });
    expect(backup.pragma('user_version', { simple: true })).toBe(shipped.length);
    expect(backup.prepare('SELECT name FROM projects').pluck().all()).toEqual(['Kept']);
    backup.close();
  });

  it('undoes all of a migration that fails', async () => {
    const storeFolder = await storeWithProject();
    const failing: Migration = (database) => {
      database.exec('DELETE FROM projects');
      throw new Error('a bug in the migration');
    };
    const open = openDatabase({ storeFolder, migrations: [...shipped, addColumn, failing], now });
    await expect(open).rejects.toThrow(MigrationError);
    expect(await projectNames(storeFolder)).toEqual(['Kept']);
  });

  it('refuses a migration that leaves dangling references', async () => {
    const storeFolder = temporaryFolder();
    const dangling: Migration = (database) =>
      database.exec("INSERT INTO metricSeries (series, runId, name) VALUES (1, 'nobody', 'loss')");
    const open = openDatabase({ storeFolder, migrations: [...shipped, dangling], now });
    await expect(open).rejects.toThrow('1 dangling references');
  });

  it('waits for another process that is making the same store', async () => {
    const storeFolder = temporaryFolder();
    const other = new Database(join(storeFolder, 'secateur.db'));
    other.exec('CREATE TABLE unfinished (id INTEGER) STRICT; BEGIN; SELECT * FROM unfinished');
    const reading = other.prepare('SELECT * FROM sqlite_schema').iterate();
    reading.next(); // holds a shared lock, under which write-ahead logging cannot be entered
    whileWaiting.mockImplementationOnce(() => {
      reading.return?.();
      other.exec('COMMIT');
    });
    const database = await openDatabase({ storeFolder, migrations: shipped, now });
    expect(whileWaiting).toHaveBeenCalledOnce();
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
    other.close();
  });

  it('says so where the store would lie in a file', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const open = openDatabase({ storeFolder: join(folder, 'file', 'store'), migrations: shipped, now });
    await expect(open).rejects.toThrow(NotAFolderError);
  });
});

describe('a damaged database', () => {
  // The magic string, the page size, and the b-tree header of the schema.
  it.each([0, 5, 16, 100])(
    'with byte %i flipped is set aside unchanged and the last backup offered',
    async (offset) => {
      const storeFolder = await storeWithProject();
      const migrated = await openDatabase({ storeFolder, migrations: [...shipped, addColumn], now });
      migrated.close();
      const file = join(storeFolder, 'secateur.db');
      const bytes = readFileSync(file);
      bytes[offset]! ^= 0xff;
      writeFileSync(file, bytes);

      const error = await failureOf(openDatabase({ storeFolder, migrations: [...shipped, addColumn], now: now + 1 }));
      if (!(error instanceof DatabaseQuarantinedError)) throw error;
      expect(readFileSync(error.quarantined).equals(bytes)).toBe(true);
      expect(error.hint).toContain(error.backup);
      expect(readdirSync(storeFolder)).not.toContain('secateur.db');

      await restoreBackup({ storeFolder, backup: error.backup!, now: now + 2 });
      expect(await projectNames(storeFolder)).toEqual(['Kept']);
    },
  );

  it('is found when a page of a table is damaged, and the next opening starts empty', async () => {
    const storeFolder = await storeWithProject();
    const file = join(storeFolder, 'secateur.db');
    const bytes = readFileSync(file);
    const page = Math.floor(bytes.indexOf('CartPole-v1') / 4096);
    bytes.fill(0xff, page * 4096, page * 4096 + 16);
    writeFileSync(file, bytes);
    const error = await failureOf(openDatabase({ storeFolder, migrations: shipped, now }));
    if (!(error instanceof DatabaseQuarantinedError)) throw error;
    expect(error.backup).toBeNull();
    expect(await projectNames(storeFolder)).toEqual([]);
    expect(readFileSync(error.quarantined).equals(bytes)).toBe(true);
  });
});

describe('restoreBackup', () => {
  it('keeps the database that was there', async () => {
    const storeFolder = await storeWithProject();
    const empty = temporaryFolder();
    (await openDatabase({ storeFolder: empty, migrations: shipped, now })).close();
    await restoreBackup({ storeFolder, backup: join(empty, 'secateur.db'), now });
    expect(await projectNames(storeFolder)).toEqual([]);
    const kept = readdirSync(storeFolder).find((name) => name.includes('set-aside'))!;
    const database = new Database(join(storeFolder, kept), { readonly: true });
    expect(database.prepare('SELECT name FROM projects').pluck().all()).toEqual(['Kept']);
    database.close();
  });

  it('refuses a damaged backup and changes nothing', async () => {
    const storeFolder = await storeWithProject();
    mkdirSync(join(storeFolder, 'backups'));
    const backup = join(storeFolder, 'backups', 'damaged.db');
    writeFileSync(backup, 'this is not a database, however long it may be. '.repeat(100));
    await expect(restoreBackup({ storeFolder, backup, now })).rejects.toThrow(DatabaseCorruptError);
    expect(readdirSync(storeFolder).sort()).toEqual(['backups', 'secateur.db']);
    expect(await projectNames(storeFolder)).toEqual(['Kept']);
  });
});
