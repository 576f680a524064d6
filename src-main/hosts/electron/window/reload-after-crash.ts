// A page whose process died is loaded again: what it shows is in the store. One that keeps dying is asked about.
import type { RenderProcessGoneDetails, WebContents } from 'electron';

const MOST_RELOADS = 3;
const WITHIN_MS = 60_000;

export interface CrashReaction {
  readonly clock: () => number;
  /** Called once a page died too often; may reload or end. */
  readonly giveUp: (details: RenderProcessGoneDetails) => void;
}

export function reloadAfterCrash(contents: Pick<WebContents, 'on' | 'reload'>, { clock, giveUp }: CrashReaction): void {
  let reloads: number[] = [];
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const now = clock();
    reloads = reloads.filter((at) => now - at < WITHIN_MS);
    if (reloads.length >= MOST_RELOADS) {
      reloads = [];
      giveUp(details);
      return;
    }
    reloads.push(now);
    contents.reload();
  });
}
