// How each entity lies in its table: the same fields, nested values as JSON text. One codec per table reads and writes.
import { z } from 'zod';
import {
  bundleManifestSchema,
  evaluationSchema,
  exportSchema,
  jsonSchema,
  modelCountsSchema,
  modelSchema,
  modelSourceSchema,
  runSchema,
  runVersionsSchema,
} from '../contract/entity.ts';
import { evaluationReportSchema, seedRangeSchema } from '../contract/evaluation.ts';
import { modelDescriptionSchema } from '../contract/model.ts';
import { problemSchema } from '../contract/secateur-error.ts';

/** A column of JSON text. */
export function json<S extends z.ZodType>(schema: S): z.ZodCodec<z.ZodString, S> {
  return z.codec(z.string(), schema, {
    decode: (text, context) => {
      try {
        return JSON.parse(text) as z.input<S>;
      } catch {
        context.issues.push({ code: 'custom', message: 'not JSON', input: text });
        return z.NEVER;
      }
    },
    encode: (value) => JSON.stringify(value),
  });
}

export const modelRow = modelSchema.extend({
  description: json(modelDescriptionSchema),
  counts: json(modelCountsSchema),
  source: json(modelSourceSchema).nullable(),
});

export const runRow = runSchema.extend({
  recipe: json(jsonSchema),
  versions: json(runVersionsSchema),
  problem: json(problemSchema).nullable(),
});

export const evaluationRow = evaluationSchema.extend({
  seeds: json(seedRangeSchema),
  report: json(evaluationReportSchema),
});

export const exportRow = exportSchema.extend({
  formats: json(exportSchema.shape.formats),
  manifest: json(bundleManifestSchema),
});

/** INSERT of a whole row, by the names of its fields. */
export function insertInto(table: string, row: z.ZodObject): string {
  const columns = Object.keys(row.shape);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`;
}
