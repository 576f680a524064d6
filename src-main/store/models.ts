// Models and their lineage. A model never changes but for its name; the database refuses everything else.
import { z } from 'zod';
import { relativeSchema, type ModelName, type Relative } from '../contract/api/models.ts';
import { modelSchema, type Model } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { insertInto, modelRow } from './rows.ts';
import type { Sources } from './sources.ts';

/** Other models were made from it, and purging it would cut their lineage. */
export class ModelHasChildrenError extends SecateurError {
  readonly kind = 'refused';

  constructor(model: Model, children: number) {
    super(
      `"${model.name}" is the parent of ${children} model${children === 1 ? '' : 's'}`,
      'Purge those first, or leave it deleted: it takes little space.',
    );
  }
}

const nameRow = z.strictObject({ id: z.string(), name: z.string(), projectId: z.string(), deleted: z.int() });

export class Models {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #insert: Command;
  readonly #byId: Query<Model>;
  readonly #list: Query<Model>;
  readonly #listDeleted: Query<Model>;
  readonly #names: Query<z.infer<typeof nameRow>>;
  readonly #children: Query<Relative>;
  readonly #countChildren: Query<{ count: number }>;
  readonly #ancestors: Query<Model>;
  readonly #rename: Command;
  readonly #setDeleted: Command;
  readonly #purge: Command;

  constructor(connection: Connection, sources: Sources) {
    this.#connection = connection;
    this.#sources = sources;
    this.#insert = connection.command(insertInto('models', modelRow));
    this.#byId = connection.query('SELECT * FROM models WHERE id = ?', modelRow);
    this.#list = connection.query(
      'SELECT * FROM models WHERE projectId = ? AND deletedAt IS NULL ORDER BY id',
      modelRow,
    );
    this.#listDeleted = connection.query(
      'SELECT * FROM models WHERE projectId = ? AND deletedAt IS NOT NULL ORDER BY id',
      modelRow,
    );
    this.#names = connection.query(
      `SELECT models.id, models.name, projectId, coalesce(models.deletedAt, projects.deletedAt) IS NOT NULL AS deleted
       FROM models JOIN projects ON projects.id = projectId ORDER BY models.id`,
      nameRow,
    );
    const ofParent =
      'FROM models AS child JOIN models AS parent USING (projectId) WHERE parent.id = ? AND child.parentId = parent.id';
    this.#children = connection.query(
      `SELECT child.id, child.name, child.deletedAt, child.counts ->> 'nonzeroWeights' AS nonzeroWeights
       ${ofParent} AND child.deletedAt IS NULL ORDER BY child.id`,
      relativeSchema,
    );
    this.#countChildren = connection.query(`SELECT count(*) AS count ${ofParent}`, z.strictObject({ count: z.int() }));
    this.#ancestors = connection.query(
      `WITH RECURSIVE ancestors (id, distance) AS (
        SELECT parentId, 1 FROM models WHERE id = ?
        UNION ALL
        SELECT models.parentId, distance + 1 FROM ancestors JOIN models USING (id)
      )
      SELECT models.* FROM ancestors JOIN models USING (id) ORDER BY distance`,
      modelRow,
    );
    this.#rename = connection.command('UPDATE models SET name = ? WHERE id = ?');
    this.#setDeleted = connection.command('UPDATE models SET deletedAt = ? WHERE id = ?');
    this.#purge = connection.command('DELETE FROM models WHERE id = ? AND deletedAt IS NOT NULL');
  }

  /** Its project, parent (of the same project), run and artifact are stored already. */
  create(model: Omit<Model, 'id' | 'createdAt' | 'deletedAt'>): Model {
    const { ids, clock } = this.#sources;
    const created: Model = { ...model, id: ids(), createdAt: clock(), deletedAt: null };
    this.#insert(z.encode(modelRow, created));
    return created;
  }

  /** Also a deleted one. @throws RecordNotFoundError */
  get(id: string): Model {
    const model = this.#byId.get(id);
    if (model === undefined) throw new RecordNotFoundError('model', id);
    return model;
  }

  /** Oldest first, without the deleted. */
  list(projectId: string): Model[] {
    return this.#list.all(projectId);
  }

  listDeleted(projectId: string): Model[] {
    return this.#listDeleted.all(projectId);
  }

  /** Of every project, oldest first; deleted where the model or its project is. */
  names(): ModelName[] {
    return this.#names.all().map((row) => ({ ...row, deleted: row.deleted === 1 }));
  }

  /** Models made directly from this one, without the deleted. */
  children(id: string): Relative[] {
    return this.#children.all(id);
  }

  /** The parent first, the first of the line last; deleted ones too, for they are part of how it was made. */
  ancestors(id: string): Model[] {
    return this.#ancestors.all(id);
  }

  rename(id: string, name: string): void {
    if (this.#rename(modelSchema.shape.name.parse(name), id) === 0) throw new RecordNotFoundError('model', id);
  }

  delete(id: string): void {
    if (this.#setDeleted(this.#sources.clock(), id) === 0) throw new RecordNotFoundError('model', id);
  }

  restore(id: string): void {
    if (this.#setDeleted(null, id) === 0) throw new RecordNotFoundError('model', id);
  }

  /**
   * Removes a deleted model with its evaluations and exports, for good.
   * @throws RecordNotFoundError, ModelHasChildrenError
   */
  purge(id: string): void {
    this.#connection.transaction(() => {
      const children = this.#countChildren.get(id)?.count ?? 0;
      if (children > 0) throw new ModelHasChildrenError(this.get(id), children);
      if (this.#purge(id) === 0) throw new RecordNotFoundError('deleted model', id);
    });
  }
}
