// What the person has set, each field by name; what a newer or older version wrote and this one cannot read is the default.
import { z } from 'zod';
import { DEFAULT_SETTINGS, settingsSchema, type Settings, type SettingsChanges } from '../contract/settings.ts';
import { jsonSchema, type Json } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { json } from './rows.ts';

const row = z.strictObject({ name: z.string(), value: json(jsonSchema) });

export class SettingsTable {
  readonly #connection: Connection;
  readonly #all: Query<{ name: string; value: Json }>;
  readonly #upsert: Command;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#all = connection.query('SELECT name, value FROM settings', row);
    this.#upsert = connection.command(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
  }

  read(): Settings {
    const stored = new Map(this.#all.all().map(({ name, value }) => [name, value]));
    const readable = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(stored.get(name));
      return parsed.success ? [[name, parsed.data] as const] : [];
    });
    return { ...DEFAULT_SETTINGS, ...Object.fromEntries(readable) };
  }

  /** Fields that are left out stay as they are. */
  write(changes: SettingsChanges): Settings {
    this.#connection.transaction(() => {
      for (const [name, value] of Object.entries(changes)) {
        if (value !== undefined) this.#upsert(name, JSON.stringify(value));
      }
    });
    return this.read();
  }
}
