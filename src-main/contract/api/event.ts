// What the host says unasked. Everything but progress is in the store before it is said; a page that missed something asks
// for it by sequence number.
import { z } from 'zod';
import { idSchema, logLineSchema, metricPointSchema, runSchema } from '../entity.ts';
import { searchTrialSchema } from '../search.ts';
import { settingsSchema } from '../settings.ts';
import { runActivitySchema, runProgressSchema } from './runs.ts';

/** What a person chose in the menus of the window. */
export const commandSchema = z.enum(['open-file', 'export', 'palette', 'settings', 'shortcuts', 'about']);
export type Command = z.infer<typeof commandSchema>;

export const applicationEventSchema = z.discriminatedUnion('type', [
  /** A run changed its status, or what it is asked to do. */
  z.strictObject({ type: z.literal('run'), run: runSchema, activity: runActivitySchema.nullable() }),
  z.strictObject({ type: z.literal('progress'), runId: idSchema, progress: runProgressSchema }),
  z.strictObject({ type: z.literal('analysis'), id: idSchema, progress: runProgressSchema }),
  z.strictObject({ type: z.literal('metrics'), runId: idSchema, points: z.array(metricPointSchema).readonly() }),
  z.strictObject({ type: z.literal('log'), runId: idSchema, lines: z.array(logLineSchema).readonly() }),
  /** A search has tried something. */
  z.strictObject({ type: z.literal('trial'), runId: idSchema, trial: searchTrialSchema }),
  /** Models of a project came, went or changed their names; the project too. */
  z.strictObject({ type: z.literal('project'), projectId: idSchema }),
  z.strictObject({ type: z.literal('settings'), settings: settingsSchema }),
  /** Only in a window. */
  z.strictObject({ type: z.literal('command'), command: commandSchema }),
]);
export type ApplicationEvent = z.infer<typeof applicationEventSchema>;

/** Events travel together, a few times a second. */
export const eventBatchSchema = z.array(applicationEventSchema).readonly();
