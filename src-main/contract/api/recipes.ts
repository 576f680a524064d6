// Recipes in the making: what they would leave, before anything is run.
import { z } from 'zod';
import { idSchema } from '../entity.ts';
import { estimateQuestionSchema, estimateReportSchema } from '../estimate.ts';
import { namedFileSchema } from '../job.ts';
import { describedObservationsSchema } from '../observations.ts';
import { storedObservationsSchema } from '../recipe.ts';
import { channel } from './channel.ts';

export const recipeChannels = {
  /** Sizes and times on a grid of sparsities; estimates, and named so. */
  'recipes.estimate': channel(
    z.strictObject({ modelId: idSchema, question: estimateQuestionSchema }),
    estimateReportSchema,
  ),
  /** A file of observations as a person dropped or chose it: kept, once it has proven to be one for this model. */
  'recipes.give-observations': channel(
    z.strictObject({ modelId: idSchema, file: namedFileSchema }),
    z.strictObject({ observations: storedObservationsSchema, described: describedObservationsSchema }),
  ),
} as const;
