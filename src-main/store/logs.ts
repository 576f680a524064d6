// The log lines of runs.
import { logLineSchema, type LogLine } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';

export class Logs {
  readonly #connection: Connection;
  readonly #insert: Command;
  readonly #after: Query<LogLine>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#insert = connection.command(
      'INSERT OR REPLACE INTO logLines (runId, sequence, at, level, text) VALUES (?, ?, ?, ?, ?)',
    );
    this.#after = connection.query(
      'SELECT sequence, at, level, text FROM logLines WHERE runId = ? AND sequence > ? ORDER BY sequence LIMIT ?',
      logLineSchema,
    );
  }

  /** All of them or none. A line sent twice is stored once. */
  append(runId: string, lines: readonly LogLine[]): void {
    this.#connection.transaction(() => {
      for (const { sequence, at, level, text } of lines) this.#insert(runId, sequence, at, level, text);
    });
  }

  /** In order; from the beginning with `sequence` −1. */
  after({ runId, sequence, limit }: { runId: string; sequence: number; limit: number }): LogLine[] {
    return this.#after.all(runId, sequence, limit);
  }
}
