// A model looked at closely: what its layers are made of, and the weights themselves.
import { z } from 'zod';
import { evaluationSummarySchema, idSchema } from '../entity.ts';
import { explanationSchema } from '../explanation.ts';
import { floatBytesSchema } from '../floats.ts';
import { kernelValuesSchema, modelStatisticsSchema } from '../statistics.ts';
import { channel } from './channel.ts';

/** Weights travel to a page as bytes. */
export const kernelBytesSchema = kernelValuesSchema.extend({ values: floatBytesSchema, bias: floatBytesSchema });
export type KernelBytes = z.infer<typeof kernelBytesSchema>;

const byId = z.strictObject({ id: idSchema });

export const inspectionChannels = {
  'inspection.statistics': channel(byId, modelStatisticsSchema),
  'inspection.kernel': channel(z.strictObject({ id: idSchema, layer: z.string() }), kernelBytesSchema),
  'inspection.explanation': channel(byId, explanationSchema),
  /** All of a model, oldest first, episodes left out. */
  'inspection.evaluations': channel(byId, z.array(evaluationSummarySchema).readonly()),
} as const;
