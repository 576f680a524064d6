// Runs: started by a recipe, followed by events, refilled from the store.
import { z } from 'zod';
import { idSchema, logLineSchema, metricPointSchema, modelSchema, runSchema } from '../entity.ts';
import { intervalSchema } from '../evaluation.ts';
import { progressSchema } from '../job.ts';
import { outcomeSchema } from '../outcome.ts';
import { recipeSchema } from '../recipe.ts';
import { searchTrialSchema } from '../search.ts';
import { channel, nothing } from './channel.ts';

/** How far a run is, as its worker said last. */
export const runProgressSchema = z.strictObject({
  ...progressSchema.shape,
  /** Of what is counted, over the last seconds; null while nothing can be said. */
  perSecond: z.number().nullable(),
  /** Of the present stage. */
  secondsLeft: z.number().nullable(),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

/** What a living run is being asked to do, beyond its status in the store. */
export const runActivitySchema = z.enum(['waiting', 'going', 'pausing', 'paused', 'stopping', 'cancelling']);
export type RunActivity = z.infer<typeof runActivitySchema>;

export const runItemSchema = z.strictObject({
  run: runSchema,
  /** Null when it is not going on in this host. */
  activity: runActivitySchema.nullable(),
  progress: runProgressSchema.nullable(),
});
export type RunItem = z.infer<typeof runItemSchema>;

export const runDetailSchema = z.strictObject({
  ...runItemSchema.shape,
  recipe: recipeSchema.nullable(),
  /** The model that is pruned, evaluated or exported; null for training. */
  source: modelSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  metricNames: z.array(z.string()).readonly(),
  /** An interrupted run that has a checkpoint, or is a search, whose finished trials are kept. */
  resumable: z.boolean(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** A point of a series without its name. */
export const seriesPointSchema = metricPointSchema.omit({ name: true });
export type SeriesPoint = z.infer<typeof seriesPointSchema>;

/** All that a run has measured, thinned out for drawing, as of one moment. */
export const runHistorySchema = z.strictObject({
  /** The last sequence number of that moment, −1 when there was none: what comes later goes on from here. */
  through: z.int().min(-1),
  series: z.array(z.strictObject({ name: z.string(), points: z.array(seriesPointSchema).readonly() })).readonly(),
});
export type RunHistory = z.infer<typeof runHistorySchema>;

/** One of the runs of a recipe with different seeds. */
export const seedRunSchema = z.strictObject({
  ...runItemSchema.shape,
  /** What a finished one has made, and its mean return on test episodes with the interval over these. */
  made: z.strictObject({ modelId: idSchema, meanReturn: z.number(), meanInterval: intervalSchema }).nullable(),
});
export type SeedRun = z.infer<typeof seedRunSchema>;

const byId = z.strictObject({ id: idSchema });
const buckets = z.int().min(1).max(4000);
/** The most that one answer carries; ask again from the last sequence number for more. */
export const MOST_AT_ONCE = 10_000;
const afterSequence = z.strictObject({ id: idSchema, sequence: z.int().min(-1) });

export const runChannels = {
  /** Newest first; of every project when `projectId` is null. */
  'runs.list': channel(
    z.strictObject({ projectId: idSchema.nullable(), limit: z.int().min(1).max(1000) }),
    z.array(runItemSchema).readonly(),
  ),
  'runs.get': channel(byId, runDetailSchema),
  /** The runs of the same recipe with other seeds, and this one, by seed; none for a run that is no training. */
  'runs.seeds': channel(byId, z.array(seedRunSchema).readonly()),
  /** Answers once the run is in the store; its sources are models of the store. */
  'runs.start': channel(z.strictObject({ recipe: recipeSchema }), runSchema),
  /** Whether a recipe's names, values and model fit; answered with the problem otherwise. */
  'runs.check': channel(z.strictObject({ recipe: recipeSchema }), nothing),
  /** At most three points for each of so many parts of the range of steps. */
  'runs.series': channel(
    z.strictObject({ id: idSchema, name: z.string(), buckets }),
    z.array(seriesPointSchema).readonly(),
  ),
  /** The same of every series at once. */
  'runs.history': channel(z.strictObject({ id: idSchema, buckets }), runHistorySchema),
  /** What a page that saw metrics up to `sequence` lacks, at most `MOST_AT_ONCE`. */
  'runs.metrics-after': channel(afterSequence, z.array(metricPointSchema).readonly()),
  /** What a search has tried so far. */
  'runs.trials': channel(byId, z.array(searchTrialSchema).readonly()),
  'runs.log-after': channel(afterSequence, z.array(logLineSchema).readonly()),
  'runs.pause': channel(byId, nothing),
  'runs.continue': channel(byId, nothing),
  /** Ends early, measures and keeps what there is. */
  'runs.stop': channel(byId, nothing),
  /** Ends at once; nothing is kept. */
  'runs.cancel': channel(byId, nothing),
  /** An interrupted run: training from its last checkpoint, a search with the trials that it has. */
  'runs.resume': channel(byId, runSchema),
} as const;
