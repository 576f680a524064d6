// A file of observations on its way from the page into the store.
import { call } from '../bridge/bridge.ts';
import { ProblemError } from '../bridge/problem-error.ts';
import { words } from '../text/language.svelte.ts';
import { formatBytes } from '../text/numbers.ts';
import { LARGEST_MESSAGE, readFile } from './file-bytes.ts';
import type { PruningDraft } from './pruning-draft.svelte.ts';

/** What was given before stays until the new file has proven to be one. @throws ProblemError */
export async function giveObservations(draft: PruningDraft, file: File): Promise<void> {
  const t = words().wizard.observations;
  const refused = { kind: 'bad-input', code: 'FileNotGivenError' } as const;
  if (file.size > LARGEST_MESSAGE) {
    throw new ProblemError({ ...refused, message: t.tooLarge(formatBytes(file.size)), hint: t.tooLargeHint });
  }
  const read = await readFile(file);
  if (read === null) throw new ProblemError({ ...refused, message: t.unreadable, hint: t.unreadableHint });
  draft.choose({ observations: await call('recipes.give-observations', { modelId: draft.modelId, file: read }) });
}
