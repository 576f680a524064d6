// The migrations in order: the n-th one brings a database from version n − 1 to version n.
import type { Database } from 'better-sqlite3';
import { createEntities } from './0001-entities.ts';
import { addWorkbench } from './0002-workbench.ts';
import { addTrials } from './0003-trials.ts';

/** Runs inside a transaction with foreign keys off; throwing leaves the database as it was. */
export type Migration = (database: Database) => void;

export const migrations: readonly Migration[] = [createEntities, addWorkbench, addTrials];
