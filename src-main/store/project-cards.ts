// What a list of projects shows of their models: only the columns that it needs, so that a thousand models cost little.
import { z } from 'zod';
import type { Connection, Query } from './connection.ts';

const measuredModelRow = z.strictObject({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  parentId: z.string().nullable(),
  createdAt: z.int(),
  weights: z.int(),
  nonzeroWeights: z.int(),
  /** Of the newest test evaluation. */
  meanReturn: z.number().nullable(),
  worstReturn: z.number().nullable(),
});
export type MeasuredModel = z.infer<typeof measuredModelRow>;

const activityRow = z.strictObject({ projectId: z.string(), active: z.int(), lastAt: z.int() });
export type ProjectActivity = z.infer<typeof activityRow>;

export class ProjectCards {
  readonly #models: Query<MeasuredModel>;
  readonly #activity: Query<ProjectActivity>;

  constructor(connection: Connection) {
    this.#models = connection.query(
      `SELECT models.id, projectId, name, parentId, models.createdAt,
         json_extract(counts, '$.weights') AS weights, json_extract(counts, '$.nonzeroWeights') AS nonzeroWeights,
         json_extract(report, '$.summary.mean') AS meanReturn, json_extract(report, '$.worstReturn') AS worstReturn
       FROM models LEFT JOIN evaluations ON evaluations.id = (
         SELECT max(newest.id) FROM evaluations AS newest WHERE newest.modelId = models.id AND purpose = 'test'
       )
       WHERE models.deletedAt IS NULL ORDER BY models.id`,
      measuredModelRow,
    );
    this.#activity = connection.query(
      `SELECT projectId, sum(status IN ('queued', 'running')) AS active,
         max(coalesce(endedAt, startedAt, createdAt)) AS lastAt
       FROM runs GROUP BY projectId`,
      activityRow,
    );
  }

  /** Of all projects, oldest first. */
  models(): MeasuredModel[] {
    return this.#models.all();
  }

  /** Of the projects that have runs. */
  activity(): ProjectActivity[] {
    return this.#activity.all();
  }
}
