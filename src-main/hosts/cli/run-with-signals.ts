// A run from the command line: shown as it goes, stopped by the first Ctrl-C, aborted by the second.
import type { Run } from '../../contract/entity.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { resumeRun } from '../../services/resume-run.ts';
import { RunControl } from '../../services/run-control.ts';
import { runRecipe, type RunOutcome } from '../../services/run-recipe.ts';
import type { RunEvent, Services } from '../../services/services.ts';
import type { RunDisplay } from './terminal.ts';

/** The recipe of a new run, or the interrupted run to resume. */
export async function runWithSignals(services: Services, what: Recipe | Run, display: RunDisplay): Promise<RunOutcome> {
  const control = new RunControl();
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
    const watch = (event: RunEvent): void => {
      display.show(event);
    };
    return await ('status' in what
      ? resumeRun(services, what, control, watch)
      : runRecipe(services, what, control, watch));
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    display.clear();
  }
}
