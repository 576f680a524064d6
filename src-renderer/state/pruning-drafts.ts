// The pruning recipes in the making: whoever changes one from elsewhere changes what the wizard shows.
import { PruningDraft } from './pruning-draft.svelte.ts';

const drafts = new Map<string, PruningDraft>();

/** The one of a model. */
export function pruningDraftOf(modelId: string, environment: string): PruningDraft {
  const known = drafts.get(modelId);
  if (known !== undefined) return known;
  const draft = new PruningDraft(modelId, environment);
  drafts.set(modelId, draft);
  return draft;
}
