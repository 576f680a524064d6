// Evaluations of models.
import { z } from 'zod';
import { evaluationSummarySchema, type Evaluation, type EvaluationSummary } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { evaluationRow, insertInto, json } from './rows.ts';
import type { Sources } from './sources.ts';

/** The report without its episodes: SQLite takes them out, so that a long list costs little. */
const summaryRow = evaluationSummarySchema.extend({
  seeds: json(evaluationSummarySchema.shape.seeds),
  report: json(evaluationSummarySchema.shape.report),
});

export class Evaluations {
  readonly #sources: Sources;
  readonly #insert: Command;
  readonly #byId: Query<Evaluation>;
  readonly #ofModel: Query<Evaluation>;
  readonly #newestOfProject: Query<EvaluationSummary>;

  constructor(connection: Connection, sources: Sources) {
    this.#sources = sources;
    this.#insert = connection.command(insertInto('evaluations', evaluationRow));
    this.#byId = connection.query('SELECT * FROM evaluations WHERE id = ?', evaluationRow);
    this.#ofModel = connection.query('SELECT * FROM evaluations WHERE modelId = ? ORDER BY id', evaluationRow);
    this.#newestOfProject = connection.query(
      `SELECT id, modelId, runId, seeds, purpose, createdAt, json_remove(report, '$.returns', '$.lengths') AS report
       FROM evaluations
       WHERE id IN (
         SELECT max(evaluations.id) FROM evaluations JOIN models ON models.id = modelId
         WHERE models.projectId = ? AND purpose = ? GROUP BY modelId
       )`,
      summaryRow,
    );
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

  /** The newest one of each model of a project, without its episodes. */
  newestOfProject(projectId: string, purpose: Evaluation['purpose']): EvaluationSummary[] {
    return this.#newestOfProject.all(projectId, purpose);
  }

  /** Oldest first. */
  list(modelId: string): Evaluation[] {
    return this.#ofModel.all(modelId);
  }
}
