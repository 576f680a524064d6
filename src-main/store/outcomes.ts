// What finished runs came to.
import { z } from 'zod';
import { outcomeSchema, type Outcome } from '../contract/outcome.ts';
import type { Command, Connection, Query } from './connection.ts';
import { json } from './rows.ts';

const row = z.strictObject({ outcome: json(outcomeSchema) });

export class Outcomes {
  readonly #insert: Command;
  readonly #ofRun: Query<{ outcome: Outcome }>;

  constructor(connection: Connection) {
    this.#insert = connection.command('INSERT INTO outcomes (runId, outcome) VALUES (@runId, @outcome)');
    this.#ofRun = connection.query('SELECT outcome FROM outcomes WHERE runId = ?', row);
  }

  /** Once for a run. */
  keep(runId: string, outcome: Outcome): void {
    this.#insert({ runId, ...z.encode(row, { outcome }) });
  }

  /** Null for a run that did not finish, or finished before outcomes were kept. */
  get(runId: string): Outcome | null {
    return this.#ofRun.get(runId)?.outcome ?? null;
  }
}
