// Saved states of runs, newest first: the one before the last stays in case the last is damaged.
import { checkpointSchema, type Checkpoint } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { insertInto } from './rows.ts';
import type { Sources } from './sources.ts';

const KEPT_PER_RUN = 2;

export class Checkpoints {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #insert: Command;
  readonly #forgetOlder: Command;
  readonly #forget: Command;
  readonly #ofRun: Query<Checkpoint>;

  constructor(connection: Connection, sources: Sources) {
    this.#connection = connection;
    this.#sources = sources;
    this.#insert = connection.command(
      insertInto('checkpoints', checkpointSchema).replace('INSERT', 'INSERT OR REPLACE'),
    );
    this.#forgetOlder = connection.command(
      `DELETE FROM checkpoints WHERE runId = @runId AND step NOT IN
        (SELECT step FROM checkpoints WHERE runId = @runId ORDER BY step DESC LIMIT ${KEPT_PER_RUN})`,
    );
    this.#forget = connection.command('DELETE FROM checkpoints WHERE runId = ?');
    this.#ofRun = connection.query('SELECT * FROM checkpoints WHERE runId = ? ORDER BY step DESC', checkpointSchema);
  }

  /** Its artifact is stored already. The artifacts of those it displaces go with the next sweep. */
  add(checkpoint: Omit<Checkpoint, 'createdAt'>): void {
    const added = checkpointSchema.parse({ ...checkpoint, createdAt: this.#sources.clock() });
    this.#connection.transaction(() => {
      this.#insert(added);
      this.#forgetOlder({ runId: added.runId });
    });
  }

  /** Of a run that has finished. Their artifacts go with the next sweep. */
  forget(runId: string): void {
    this.#forget(runId);
  }

  list(runId: string): Checkpoint[] {
    return this.#ofRun.all(runId);
  }
}
