// Projects as cards.
import { z } from 'zod';
import { idSchema, projectSchema, timestampSchema } from '../entity.ts';
import { channel, nothing } from './channel.ts';

/** A project with what a person looks for at a glance. */
export const projectCardSchema = z.strictObject({
  project: projectSchema,
  models: z.int().min(0),
  /** Runs that wait or are going on. */
  activeRuns: z.int().min(0),
  /** Of the project itself, its models and its runs, whichever came last. */
  changedAt: timestampSchema,
  /** The model that everything else was made from, by its newest test evaluation; null where nothing was measured. */
  dense: z
    .strictObject({
      modelId: idSchema,
      name: z.string(),
      weights: z.int(),
      meanReturn: z.number(),
      /** The lowest return that the environment can give: where the sparkline's scale begins. */
      worstReturn: z.number(),
    })
    .nullable(),
  /** The smallest model that keeps 95 % of the dense return; null where there is none. */
  best: z
    .strictObject({
      modelId: idSchema,
      name: z.string(),
      weights: z.int(),
      /** Share of the dense model's weights that are gone. */
      sparsity: z.number(),
      /** Share of the dense return (above the worst possible one) that is left. */
      kept: z.number(),
    })
    .nullable(),
  /** Every measured model by the share of weights that is gone, ascending: the card's sparkline. */
  points: z.array(z.strictObject({ sparsity: z.number(), meanReturn: z.number() })).readonly(),
});
export type ProjectCard = z.infer<typeof projectCardSchema>;

const byId = z.strictObject({ id: idSchema });

export const projectChannels = {
  /** The last changed first. */
  'projects.list': channel(nothing, z.array(projectCardSchema).readonly()),
  'projects.create': channel(projectSchema.pick({ name: true, environmentId: true }), projectSchema),
  'projects.rename': channel(projectSchema.pick({ id: true, name: true }), nothing),
  /** Its models, with their evaluations; runs stay with the original. */
  'projects.duplicate': channel(projectSchema.pick({ id: true, name: true }), projectSchema),
  /** Can be restored. */
  'projects.delete': channel(byId, nothing),
  'projects.restore': channel(byId, nothing),
} as const;
