// Evaluations of models.
import { z } from 'zod';
import type { Evaluation } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { evaluationRow, insertInto } from './rows.ts';
import type { Sources } from './sources.ts';

export class Evaluations {
  readonly #sources: Sources;
  readonly #insert: Command;
  readonly #byId: Query<Evaluation>;
  readonly #ofModel: Query<Evaluation>;

  constructor(connection: Connection, sources: Sources) {
    this.#sources = sources;
    this.#insert = connection.command(insertInto('evaluations', evaluationRow));
    this.#byId = connection.query('SELECT * FROM evaluations WHERE id = ?', evaluationRow);
    this.#ofModel = connection.query('SELECT * FROM evaluations WHERE modelId = ? ORDER BY id', evaluationRow);
  }

  create(evaluation: Omit<Evaluation, 'id' | 'createdAt'>): Evaluation {
    const { ids, clock } = this.#sources;
    const created: Evaluation = { ...evaluation, id: ids(), createdAt: clock() };
    this.#insert(z.encode(evaluationRow, created));
    return created;
  }

  /** @throws RecordNotFoundError */
  get(id: string): Evaluation {
    const evaluation = this.#byId.get(id);
    if (evaluation === undefined) throw new RecordNotFoundError('evaluation', id);
    return evaluation;
  }

  /** Oldest first. */
  list(modelId: string): Evaluation[] {
    return this.#ofModel.all(modelId);
  }
}
