// The database as the repositories see it: prepared statements whose rows are validated and whose failures are typed.
import type Database from 'better-sqlite3';
import type { z } from 'zod';
import { InvalidRowError, toDatabaseError } from './database-errors.ts';

export interface Query<T> {
  get(...parameters: readonly unknown[]): T | undefined;
  all(...parameters: readonly unknown[]): T[];
}

/** Returns how many rows changed. */
export type Command = (...parameters: readonly unknown[]) => number;

export class Connection {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** @param row decodes a row as SQLite gives it. */
  query<T>(sql: string, row: z.ZodType<T>): Query<T> {
    const statement = this.#guard(() => this.#database.prepare(sql));
    const decode = (value: unknown): T => {
      const result = row.safeParse(value);
      if (!result.success) throw new InvalidRowError(sql, result.error);
      return result.data;
    };
    return {
      get: (...parameters) => {
        const found = this.#guard(() => statement.get(...parameters));
        return found === undefined ? undefined : decode(found);
      },
      all: (...parameters) => this.#guard(() => statement.all(...parameters)).map(decode),
    };
  }

  command(sql: string): Command {
    const statement = this.#guard(() => this.#database.prepare(sql));
    return (...parameters) => this.#guard(() => statement.run(...parameters)).changes;
  }

  /** All of `work` or nothing of it. Nested calls join the outer one as savepoints. */
  transaction<T>(work: () => T): T {
    // Immediate: a transaction that turns from reading to writing midway cannot wait for another process.
    return this.#guard(() => this.#database.transaction(work).immediate());
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toDatabaseError(error, this.#database.name);
    }
  }
}
