// Models: how they come in, what is known of them, and where they came from.
import { z } from 'zod';
import {
  evaluationSchema,
  evaluationSummarySchema,
  exportSchema,
  idSchema,
  modelSchema,
  projectSchema,
} from '../entity.ts';
import { namedFileSchema } from '../job.ts';
import { outcomeSchema } from '../outcome.ts';
import { recipeSchema } from '../recipe.ts';
import { channel, nothing } from './channel.ts';

/** A model in a list, with its newest evaluation of each kind, episodes left out. */
export const modelItemSchema = z.strictObject({
  model: modelSchema,
  test: evaluationSummarySchema.nullable(),
  validation: evaluationSummarySchema.nullable(),
});
export type ModelItem = z.infer<typeof modelItemSchema>;

/** A model that another one was made into, as a line of a list: there may be a thousand. */
export const relativeSchema = z.strictObject({
  ...modelSchema.pick({ id: true, name: true, deletedAt: true }).shape,
  nonzeroWeights: z.int().min(0),
});
export type Relative = z.infer<typeof relativeSchema>;

export const modelDetailSchema = z.strictObject({
  ...modelItemSchema.shape,
  project: projectSchema,
  /** The parent first. */
  ancestors: z.array(modelSchema).readonly(),
  children: z.array(relativeSchema).readonly(),
  /** How it was made, where a run made it. */
  recipe: recipeSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  exports: z.array(exportSchema).readonly(),
});
export type ModelDetail = z.infer<typeof modelDetailSchema>;

export const importedSchema = z.strictObject({
  model: modelSchema,
  project: projectSchema,
  /** What the reader had to assume, and what is missing. */
  notes: z.array(z.string()).readonly(),
  /** It was in the store already. */
  known: z.boolean(),
});
export type Imported = z.infer<typeof importedSchema>;

/** A model by its name alone: for what is found by typing, and for what only mentions it. */
export const modelNameSchema = z.strictObject({
  ...modelSchema.pick({ id: true, name: true, projectId: true }).shape,
  /** It, or its project. */
  deleted: z.boolean(),
});
export type ModelName = z.infer<typeof modelNameSchema>;

const byId = z.strictObject({ id: idSchema });

export const modelChannels = {
  /** Of a project, oldest first. */
  'models.list': channel(z.strictObject({ projectId: idSchema }), z.array(modelItemSchema).readonly()),
  /** Of every project, oldest first, with those that are deleted. */
  'models.names': channel(nothing, z.array(modelNameSchema).readonly()),
  'models.get': channel(byId, modelDetailSchema),
  /** The newest test evaluation with its episodes; null where there is none. */
  'models.test-episodes': channel(byId, evaluationSchema.nullable()),
  /** Files as a person dropped or chose them: a model, and perhaps its normaliser. */
  'models.import': channel(
    z.strictObject({
      file: namedFileSchema,
      normalizer: namedFileSchema.nullable(),
      /** Null: as the file's name says, or the one environment that fits. */
      environment: z.string().nullable(),
    }),
    importedSchema,
  ),
  /** The bundled agent. */
  'models.import-sample': channel(nothing, importedSchema),
  'models.rename': channel(modelSchema.pick({ id: true, name: true }), nothing),
  /** Can be restored. */
  'models.delete': channel(byId, nothing),
  'models.restore': channel(byId, nothing),
} as const;
