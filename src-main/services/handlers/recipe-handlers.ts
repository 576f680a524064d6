// Recipes in the making: what they would leave.
import type { Handlers } from '../../contract/api/api.ts';
import type { recipeChannels } from '../../contract/api/recipes.ts';
import { estimateModel } from '../estimate-model.ts';
import { giveObservations } from '../observations.ts';
import type { HandlerContext } from './handler-context.ts';

export function recipeHandlers({ services }: HandlerContext): Handlers<keyof typeof recipeChannels> {
  return {
    'recipes.estimate': ({ modelId, question }) =>
      estimateModel(services, services.store.models.get(modelId), question),
    'recipes.give-observations': ({ modelId, file }) =>
      giveObservations(services, services.store.models.get(modelId), file),
  };
}
