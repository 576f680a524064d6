// Answers about models that took a while to compute. They follow from the model's bytes, so they never grow old.
import { z } from 'zod';
import { jsonSchema, type Json } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { json } from './rows.ts';
import type { Sources } from './sources.ts';

const row = z.strictObject({ answer: json(jsonSchema) });

export class Analyses {
  readonly #sources: Sources;
  readonly #upsert: Command;
  readonly #find: Query<{ answer: Json }>;

  constructor(connection: Connection, sources: Sources) {
    this.#sources = sources;
    this.#upsert = connection.command(
      `INSERT INTO analyses (artifactHash, question, answer, createdAt) VALUES (?, ?, ?, ?)
       ON CONFLICT (artifactHash, question) DO UPDATE SET answer = excluded.answer, createdAt = excluded.createdAt`,
    );
    this.#find = connection.query('SELECT answer FROM analyses WHERE artifactHash = ? AND question = ?', row);
  }

  /** @param question everything that the answer depends on beside the model, as canonical text */
  keep(artifactHash: string, question: string, answer: Json): void {
    this.#upsert(artifactHash, question, JSON.stringify(answer), this.#sources.clock());
  }

  find(artifactHash: string, question: string): Json | null {
    return this.#find.get(artifactHash, question)?.answer ?? null;
  }
}
