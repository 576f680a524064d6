// Exports of models: which folder got what.
import { z } from 'zod';
import type { Export } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { exportRow, insertInto } from './rows.ts';
import type { Sources } from './sources.ts';

export class Exports {
  readonly #sources: Sources;
  readonly #insert: Command;
  readonly #byId: Query<Export>;
  readonly #ofModel: Query<Export>;

  constructor(connection: Connection, sources: Sources) {
    this.#sources = sources;
    this.#insert = connection.command(insertInto('exports', exportRow));
    this.#byId = connection.query('SELECT * FROM exports WHERE id = ?', exportRow);
    this.#ofModel = connection.query('SELECT * FROM exports WHERE modelId = ? ORDER BY id', exportRow);
  }

  create(exported: Omit<Export, 'id' | 'createdAt'>): Export {
    const { ids, clock } = this.#sources;
    const created: Export = { ...exported, id: ids(), createdAt: clock() };
    this.#insert(z.encode(exportRow, created));
    return created;
  }

  /** @throws RecordNotFoundError */
  get(id: string): Export {
    const exported = this.#byId.get(id);
    if (exported === undefined) throw new RecordNotFoundError('export', id);
    return exported;
  }

  /** Oldest first. */
  list(modelId: string): Export[] {
    return this.#ofModel.all(modelId);
  }
}
