// A file of observations on its way from the page into the store.
import { call } from '../bridge/bridge.ts';
import { LARGEST_MESSAGE, readFile } from './file-bytes.ts';
import type { PruningDraft } from './pruning-draft.svelte.ts';

/** What the page itself finds: larger than a message may be, or bytes that the browser cannot hand over. */
export type NotGiven = 'too-large' | 'unreadable';

/**
 * What was given before stays until the new file has proven to be one.
 * @returns null when the host has it
 * @throws ProblemError with what the host says of it
 */
export async function giveObservations(draft: PruningDraft, file: File): Promise<NotGiven | null> {
  if (file.size > LARGEST_MESSAGE) return 'too-large';
  const read = await readFile(file);
  if (read === null) return 'unreadable';
  draft.choose({ observations: await call('recipes.give-observations', { modelId: draft.modelId, file: read }) });
  return null;
}
