// Bytes by their SHA-256: files `artifacts/ab/cdef…` in the store's folder, and a row for each.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { artifactSchema, type Artifact, type ArtifactKind } from '../contract/entity.ts';
import { ArtifactCorruptError } from './artifact-corrupt-error.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { sha256 } from './bundle-manifest.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { toFileError } from './file-errors.ts';
import { nodeFiles, stateOf, type FileOperations } from './file-operations.ts';
import type { Sources } from './sources.ts';
import { sweepTemporaries } from './sweep-temporaries.ts';

export class Artifacts {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #folder: string;
  readonly #operations: FileOperations;
  readonly #upsert: Command;
  readonly #byHash: Query<Artifact>;
  readonly #unreferenced: Query<Artifact>;
  readonly #delete: Command;

  constructor(connection: Connection, sources: Sources, folder: string, operations: FileOperations = nodeFiles) {
    this.#connection = connection;
    this.#sources = sources;
    this.#folder = folder;
    this.#operations = operations;
    this.#upsert = connection.command(
      `INSERT INTO artifacts (hash, size, kind, createdAt) VALUES (@hash, @size, @kind, @createdAt)
       ON CONFLICT (hash) DO UPDATE SET createdAt = excluded.createdAt`,
    );
    this.#byHash = connection.query('SELECT * FROM artifacts WHERE hash = ?', artifactSchema);
    this.#unreferenced = connection.query(
      `SELECT * FROM artifacts WHERE createdAt < ?
       AND NOT EXISTS (SELECT 1 FROM models WHERE artifactHash = hash)
       AND NOT EXISTS (SELECT 1 FROM checkpoints WHERE artifactHash = hash)
       AND NOT EXISTS (SELECT 1 FROM runs WHERE json_extract(recipe, '$.observations.hash') = hash)`,
      artifactSchema,
    );
    this.#delete = connection.command('DELETE FROM artifacts WHERE hash = ?');
  }

  /**
   * Stores bytes once, however often they are put. On the disk when it resolves.
   * @throws DiskFullError, NotWritableError, FileAccessError
   */
  async put(kind: ArtifactKind, bytes: Uint8Array): Promise<Artifact> {
    const artifact = { hash: sha256(bytes), size: bytes.byteLength, kind, createdAt: this.#sources.clock() };
    const path = this.#path(artifact.hash);
    // The row first: its fresh time keeps a sweep in another process from taking the file between check and use.
    this.#upsert(artifact);
    try {
      if (await this.#holds(path, artifact.hash)) return artifact;
      await this.#operations.mkdir(dirname(path), { recursive: true });
    } catch (error) {
      throw toFileError(error, path);
    }
    await writeFileAtomically({ path, bytes, operations: this.#operations });
    return artifact;
  }

  /** @throws RecordNotFoundError, ArtifactCorruptError, FileAccessError */
  async get(hash: string): Promise<Uint8Array> {
    if (this.#byHash.get(hash) === undefined) throw new RecordNotFoundError('artifact', hash);
    const path = this.#path(hash);
    try {
      if ((await stateOf(path, this.#operations)) === null) throw new ArtifactCorruptError(path, 'it is not there');
      const bytes = await this.#operations.readFile(path);
      if (sha256(bytes) !== hash) throw new ArtifactCorruptError(path, 'its hash is not its name');
      return bytes;
    } catch (error) {
      throw toFileError(error, path);
    }
  }

  /** Removes artifacts put before this time (ms) that no model, no checkpoint and no recipe of a run refers to; returns the bytes freed. */
  sweepUnreferenced(before: number): number {
    return this.#connection.transaction(() => {
      const unreferenced = this.#unreferenced.all(before);
      for (const { hash } of unreferenced) {
        this.#delete(hash);
        // Inside the transaction: whoever puts the same bytes waits, and then sees that they are gone.
        rmSync(this.#path(hash), { force: true });
      }
      return unreferenced.reduce((total, { size }) => total + size, 0);
    });
  }

  /** Removes what writes that were interrupted before this time (ms) left. */
  async sweepTemporaries(before: number): Promise<void> {
    if ((await stateOf(this.#folder, this.#operations)) === null) return;
    for (const name of await this.#operations.readdir(this.#folder)) {
      await sweepTemporaries({ folder: join(this.#folder, name), before, operations: this.#operations });
    }
  }

  #path(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash.slice(2));
  }

  /** Whether the file is there and sound; a damaged one is written again. */
  async #holds(path: string, hash: string): Promise<boolean> {
    if ((await stateOf(path, this.#operations)) === null) return false;
    return sha256(await this.#operations.readFile(path)) === hash;
  }
}
