// What the store keeps: projects, models, runs with their metrics and logs, evaluations, artifacts, exports.
// Times are integer milliseconds since 1970 (UTC); ids are sortable strings, oldest first.
import { z } from 'zod';
import { evaluationReportSchema, seedRangeSchema } from './evaluation.ts';
import { modelDescriptionSchema } from './model.ts';
import { problemSchema } from './secateur-error.ts';

/** UUIDv7 in the product; anything short and safe in a path or URL is accepted. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
export const timestampSchema = z.int().min(0);
/** Lower-case hexadecimal SHA-256. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
export const jsonSchema = z.json();
export type Json = z.infer<typeof jsonSchema>;

const countSchema = z.int().min(0);
const titleSchema = z.string().trim().min(1).max(200);

/** The project, and environment, of models that nobody has named one for. */
export const UNASSIGNED = 'unassigned';

export const projectSchema = z.strictObject({
  id: idSchema,
  name: titleSchema,
  environmentId: z.string().min(1),
  createdAt: timestampSchema,
  /** Deleted but not purged yet: can still be restored. */
  deletedAt: timestampSchema.nullable(),
});
export type Project = z.infer<typeof projectSchema>;

/** The size of a model, for lists and comparisons; `bytes` is the size of its artifact. */
export const modelCountsSchema = z.strictObject({
  weights: countSchema,
  nonzeroWeights: countSchema,
  hiddenUnits: countSchema,
  macs: countSchema,
  nonzeroMacs: countSchema,
  bytes: countSchema,
});

/** The file that a model was imported from, and what the reader had to assume about it. */
export const modelSourceSchema = z.strictObject({
  fileName: z.string(),
  sha256: sha256Schema,
  notes: z.array(z.string()).readonly(),
});
export type ModelSource = z.infer<typeof modelSourceSchema>;

/** Everything but `name` and `deletedAt` stays as it was made. */
export const modelSchema = z.strictObject({
  id: idSchema,
  projectId: idSchema,
  name: titleSchema,
  /** The model that it was made from; null for an imported or freshly trained one. */
  parentId: idSchema.nullable(),
  /** The run that made it. */
  runId: idSchema.nullable(),
  description: modelDescriptionSchema,
  counts: modelCountsSchema,
  artifactHash: sha256Schema,
  source: modelSourceSchema.nullable(),
  createdAt: timestampSchema,
  deletedAt: timestampSchema.nullable(),
});
export type Model = z.infer<typeof modelSchema>;

export const runKindSchema = z.enum(['train', 'prune', 'search', 'evaluate', 'export', 'import']);
export type RunKind = z.infer<typeof runKindSchema>;

/**
 * queued → running → finished | failed | cancelled | interrupted, and interrupted → running again.
 * `interrupted`: the process that had the run ended without a word.
 */
export const runStatusSchema = z.enum(['queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted']);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const runVersionsSchema = z.strictObject({ secateur: z.string(), node: z.string(), backend: z.string() });

export const runSchema = z.strictObject({
  id: idSchema,
  projectId: idSchema,
  kind: runKindSchema,
  status: runStatusSchema,
  recipe: jsonSchema,
  seed: z.int(),
  versions: runVersionsSchema,
  problem: problemSchema.nullable(),
  /** The opened store that has the run; a run whose host is gone is interrupted. */
  hostId: idSchema,
  createdAt: timestampSchema,
  startedAt: timestampSchema.nullable(),
  endedAt: timestampSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** Numbers count up through a run; a point is known by its run, name and sequence number. */
export const metricPointSchema = z.strictObject({
  sequence: countSchema,
  name: z.string().min(1).max(100),
  step: countSchema,
  /** null where the value was not finite. */
  value: z.number().nullable(),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const logLevelSchema = z.enum(['info', 'warning', 'error']);
export type LogLevel = z.infer<typeof logLevelSchema>;

export const logLineSchema = z.strictObject({
  sequence: countSchema,
  at: timestampSchema,
  level: logLevelSchema,
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A saved state from which a run can go on: everything up to `sequence` was emitted before it. */
export const checkpointSchema = z.strictObject({
  runId: idSchema,
  step: countSchema,
  sequence: countSchema,
  artifactHash: sha256Schema,
  createdAt: timestampSchema,
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const evaluationPurposeSchema = z.enum(['train', 'validation', 'test']);

export const evaluationSchema = z.strictObject({
  id: idSchema,
  modelId: idSchema,
  runId: idSchema.nullable(),
  seeds: seedRangeSchema,
  purpose: evaluationPurposeSchema,
  report: evaluationReportSchema,
  createdAt: timestampSchema,
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** An evaluation without its episodes: what a list of models shows. */
export const evaluationSummarySchema = evaluationSchema.extend({
  report: evaluationReportSchema.omit({ returns: true, lengths: true }),
});
export type EvaluationSummary = z.infer<typeof evaluationSummarySchema>;

export const artifactKindSchema = z.enum(['model', 'checkpoint', 'observations']);
export type ArtifactKind = z.infer<typeof artifactKindSchema>;

/** Bytes named by their SHA-256. */
export const artifactSchema = z.strictObject({
  hash: sha256Schema,
  /** Bytes. */
  size: countSchema,
  kind: artifactKindSchema,
  createdAt: timestampSchema,
});
export type Artifact = z.infer<typeof artifactSchema>;

/** `manifest.json` of an exported folder. It carries no time, so that equal exports are equal bytes. */
export const bundleManifestSchema = z.strictObject({
  format: z.literal('secateur-bundle'),
  version: z.literal(1),
  files: z.array(z.strictObject({ path: z.string(), size: countSchema, sha256: sha256Schema })).readonly(),
  /** What the exporter says about its content. */
  about: jsonSchema,
});
export type BundleManifest = z.infer<typeof bundleManifestSchema>;

export const exportSchema = z.strictObject({
  id: idSchema,
  modelId: idSchema,
  folder: z.string().min(1),
  formats: z.array(z.string()).readonly(),
  manifest: bundleManifestSchema,
  createdAt: timestampSchema,
});
export type Export = z.infer<typeof exportSchema>;
