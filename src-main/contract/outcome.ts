// What a finished run came to: kept with the run, so that a window opened later shows the same as the one that watched.
import { z } from 'zod';
import { idSchema } from './entity.ts';
import { evaluationReportSchema } from './evaluation.ts';
import { exportCheckSchema } from './job.ts';
import { anyPruneReportSchema, pruneReportSchema } from './prune-report.ts';
import { searchReportSchema } from './search.ts';

export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prune'), parentId: idSchema, modelId: idSchema, report: anyPruneReportSchema }),
  /** The report is of the trial that was chosen, measured once more and on test seeds. */
  z.strictObject({
    kind: z.literal('search'),
    parentId: idSchema,
    modelId: idSchema,
    report: pruneReportSchema,
    search: searchReportSchema,
  }),
  z.strictObject({
    kind: z.literal('train'),
    modelId: idSchema,
    validation: evaluationReportSchema,
    test: evaluationReportSchema,
    /** The policy of the last step, where the recipe keeps it. */
    last: z.strictObject({ modelId: idSchema, test: evaluationReportSchema }).nullable().default(null),
    stopped: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('evaluate'),
    modelId: idSchema,
    report: evaluationReportSchema,
    /** The model it was compared with on the same episodes. */
    baseline: z.strictObject({ modelId: idSchema, report: evaluationReportSchema }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('export'),
    modelId: idSchema,
    exportId: idSchema,
    /** Absolute, on the machine of the host. */
    folder: z.string(),
    files: z.array(z.strictObject({ path: z.string(), size: z.int().min(0) })).readonly(),
    checks: z.array(exportCheckSchema).readonly(),
  }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
