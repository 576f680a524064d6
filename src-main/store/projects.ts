// Projects. Deleting is undone by restoring, until the project is purged.
import { projectSchema, type Project } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { insertInto } from './rows.ts';
import type { Sources } from './sources.ts';

export class Projects {
  readonly #sources: Sources;
  readonly #insert: Command;
  readonly #byId: Query<Project>;
  readonly #list: Query<Project>;
  readonly #listDeleted: Query<Project>;
  readonly #rename: Command;
  readonly #setDeleted: Command;
  readonly #purge: Command;

  constructor(connection: Connection, sources: Sources) {
    this.#sources = sources;
    this.#insert = connection.command(insertInto('projects', projectSchema));
    this.#byId = connection.query('SELECT * FROM projects WHERE id = ?', projectSchema);
    this.#list = connection.query('SELECT * FROM projects WHERE deletedAt IS NULL ORDER BY id', projectSchema);
    this.#listDeleted = connection.query(
      'SELECT * FROM projects WHERE deletedAt IS NOT NULL ORDER BY id',
      projectSchema,
    );
    this.#rename = connection.command('UPDATE projects SET name = ? WHERE id = ?');
    this.#setDeleted = connection.command('UPDATE projects SET deletedAt = ? WHERE id = ?');
    this.#purge = connection.command('DELETE FROM projects WHERE id = ? AND deletedAt IS NOT NULL');
  }

  create(project: Pick<Project, 'name' | 'environmentId'>): Project {
    const { ids, clock } = this.#sources;
    const created = projectSchema.parse({ ...project, id: ids(), createdAt: clock(), deletedAt: null });
    this.#insert(created);
    return created;
  }

  /** @throws RecordNotFoundError */
  get(id: string): Project {
    const project = this.#byId.get(id);
    if (project === undefined) throw new RecordNotFoundError('project', id);
    return project;
  }

  /** Oldest first, without the deleted. */
  list(): Project[] {
    return this.#list.all();
  }

  listDeleted(): Project[] {
    return this.#listDeleted.all();
  }

  rename(id: string, name: string): void {
    if (this.#rename(projectSchema.shape.name.parse(name), id) === 0) throw new RecordNotFoundError('project', id);
  }

  delete(id: string): void {
    if (this.#setDeleted(this.#sources.clock(), id) === 0) throw new RecordNotFoundError('project', id);
  }

  restore(id: string): void {
    if (this.#setDeleted(null, id) === 0) throw new RecordNotFoundError('project', id);
  }

  /** Removes a deleted project and all that is in it, for good. */
  purge(id: string): void {
    if (this.#purge(id) === 0) throw new RecordNotFoundError('deleted project', id);
  }
}
