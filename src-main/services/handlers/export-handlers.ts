// Exports: where to, how to load them, and the files themselves.
import type { Handlers } from '../../contract/api/api.ts';
import type { exportChannels } from '../../contract/api/exports.ts';
import { archiveExport } from '../archive-export.ts';
import { snippetsOf } from '../report/content/loading.ts';
import { suggestFolder } from '../suggest-folder.ts';
import type { HandlerContext } from './handler-context.ts';

export function exportHandlers({ services }: HandlerContext): Handlers<keyof typeof exportChannels> {
  const { store } = services;
  return {
    'exports.suggest-folder': ({ modelId }) => suggestFolder(store.models.get(modelId).name),
    'exports.snippets': ({ runId }) => {
      const outcome = store.outcomes.get(runId);
      if (outcome?.kind !== 'export') return [];
      return snippetsOf(store.models.get(outcome.modelId), outcome.checks);
    },
    'exports.archive': ({ exportId }) => archiveExport(store.exports.get(exportId)),
  };
}
