// Questions about a model that take seconds to minutes to answer. They are no runs: nothing is made, and the answer follows
// from the model, so it is kept. Whoever asks the same while it is being computed gets the same analysis.
import { z } from 'zod';
import { idSchema } from '../entity.ts';
import { seedRangesSchema } from '../evaluation.ts';
import { floatBytesSchema } from '../floats.ts';
import { layerSaliencySchema, saliencySchema } from '../saliency.ts';
import { sensitivityQuestionSchema, sensitivityReportSchema } from '../sensitivity.ts';
import { channel, nothing } from './channel.ts';
import { runProgressSchema } from './runs.ts';

/** As the engine's `Saliency`; scores travel as bytes. */
export const saliencyBytesSchema = saliencySchema.extend({
  layers: z
    .array(
      layerSaliencySchema.extend({
        scores: floatBytesSchema,
        estimate: z.strictObject({ halfWidths: floatBytesSchema, total: z.number() }).nullable(),
      }),
    )
    .readonly(),
});
export type SaliencyBytes = z.infer<typeof saliencyBytesSchema>;

/** The environment is that of the model's project. */
export const analysisQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('saliency'),
    modelId: idSchema,
    criterion: z.string(),
    granularity: z.string(),
    seed: z.int().min(0),
  }),
  z.strictObject({
    kind: z.literal('sensitivity'),
    modelId: idSchema,
    criterion: z.string(),
    granularity: z.string(),
    seed: z.int().min(0),
    sparsities: sensitivityQuestionSchema.shape.sparsities,
    seeds: seedRangesSchema,
  }),
]);
export type AnalysisQuestion = z.infer<typeof analysisQuestionSchema>;

export const analysisAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saliency'), saliency: saliencyBytesSchema }),
  z.strictObject({ kind: z.literal('sensitivity'), report: sensitivityReportSchema }),
]);
export type AnalysisAnswer = z.infer<typeof analysisAnswerSchema>;

export const analysisStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('computing'), id: idSchema, progress: runProgressSchema.nullable() }),
  z.strictObject({ state: z.literal('answered'), answer: analysisAnswerSchema }),
]);
export type AnalysisState = z.infer<typeof analysisStateSchema>;

const asked = z.strictObject({ question: analysisQuestionSchema });
const byId = z.strictObject({ id: idSchema });

export const analysisChannels = {
  /** Whether there is an answer, or one on its way; begins nothing. */
  'analyses.look': channel(asked, analysisStateSchema),
  /** Answers what is known already, and begins to compute what is not. */
  'analyses.start': channel(asked, analysisStateSchema),
  /** Answered when the analysis is; with its problem when it fails or is cancelled. */
  'analyses.answer': channel(byId, analysisAnswerSchema),
  /** Ends it at once; of one that has ended, nothing happens. */
  'analyses.cancel': channel(byId, nothing),
} as const;
