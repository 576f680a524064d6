// Questions about models: begun, answered, given up.
import type { analysisChannels } from '../../contract/api/analyses.ts';
import type { Handlers } from '../../contract/api/api.ts';
import type { HandlerContext } from './handler-context.ts';

export function analysisHandlers({ analyses }: HandlerContext): Handlers<keyof typeof analysisChannels> {
  return {
    'analyses.look': ({ question }) => analyses.look(question),
    'analyses.start': ({ question }) => analyses.start(question),
    'analyses.answer': ({ id }) => analyses.answer(id),
    'analyses.cancel': ({ id }) => {
      analyses.cancel(id);
      return null;
    },
  };
}
