// A run from the command line: shown as it goes, stopped by the first Ctrl-C, aborted by the second.
import type { Run } from '../../contract/entity.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { resumeRun } from '../../services/resume-run.ts';
import { RunControl } from '../../services/run-control.ts';
import { runRecipe, type RunOutcome } from '../../services/run-recipe.ts';
import type { RunEvent, Services } from '../../services/services.ts';
import type { RunDisplay } from './terminal.ts';

/** Work that the first Ctrl-C stops and the second aborts, shown as it goes. */
export function withSignals<T>(
  display: RunDisplay,
  work: (control: RunControl, watch: (event: RunEvent) => void) => Promise<T>,
): Promise<T> {
  const control = new RunControl();
  return signalling(display, control, () =>
    work(control, (event) => {
      display.show(event);
    }),
  );
}

/** The same for whatever can be stopped and aborted. */
export async function signalling<T>(
  display: RunDisplay,
  control: Pick<RunControl, 'stop' | 'abort'>,
  work: () => Promise<T>,
): Promise<T> {
  let asked = false;
  const interrupt = (): void => {
    if (asked) {
      control.abort();
      return;
    }
    asked = true;
    display.warn('stopping: what there is will be measured and kept. Ctrl-C again aborts.');
    control.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    display.clear();
  }
}

/** The recipe of a new run, or the interrupted run to resume. */
export function runWithSignals(services: Services, what: Recipe | Run, display: RunDisplay): Promise<RunOutcome> {
  return withSignals(display, (control, watch) =>
    'status' in what ? resumeRun(services, what, control, watch) : runRecipe(services, what, control, watch),
  );
}
