// A recipe run from the command line: shown as it goes, stopped by the first Ctrl-C, aborted by the second.
import type { Recipe } from '../../contract/recipe.ts';
import { RunControl } from '../../services/run-control.ts';
import { runRecipe, type RunOutcome } from '../../services/run-recipe.ts';
import type { Services } from '../../services/services.ts';
import type { RunDisplay } from './terminal.ts';

export async function runWithSignals(services: Services, recipe: Recipe, display: RunDisplay): Promise<RunOutcome> {
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
    return await runRecipe(services, recipe, control, (event) => {
      display.show(event);
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    display.clear();
  }
}
