// What searches have tried.
import { z } from 'zod';
import { jsonSchema, type Json } from '../contract/entity.ts';
import { searchTrialSchema, type SearchTrial } from '../contract/search.ts';
import type { Command, Connection, Query } from './connection.ts';
import { json } from './rows.ts';

const row = z.strictObject({ trial: json(jsonSchema) });

export class Trials {
  readonly #insert: Command;
  readonly #ofRun: Query<{ trial: Json }>;

  constructor(connection: Connection) {
    this.#insert = connection.command(
      'INSERT INTO trials (runId, rung, number, trial) VALUES (@runId, @rung, @number, @trial)',
    );
    this.#ofRun = connection.query('SELECT trial FROM trials WHERE runId = ? ORDER BY rung, number', row);
  }

  /** Once for a run, rung and number. */
  keep(runId: string, trial: SearchTrial): void {
    const { rung, number } = trial;
    this.#insert({ runId, rung, number, trial: JSON.stringify(trial) });
  }

  /** By rung, then by number. */
  list(runId: string): SearchTrial[] {
    // Not as part of the row: recipes of older versions are understood, which works one way only.
    return this.#ofRun.all(runId).map(({ trial }) => searchTrialSchema.parse(trial));
  }
}
