// Recipes in the making: what they would leave, before anything is run.
import { z } from 'zod';
import { idSchema } from '../entity.ts';
import { estimateQuestionSchema, estimateReportSchema } from '../estimate.ts';
import { channel } from './channel.ts';

export const recipeChannels = {
  /** Sizes and times on a grid of sparsities; estimates, and named so. */
  'recipes.estimate': channel(
    z.strictObject({ modelId: idSchema, question: estimateQuestionSchema }),
    estimateReportSchema,
  ),
} as const;
