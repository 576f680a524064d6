import { Command } from 'commander';
import type { Run } from '../../../contract/entity.ts';
import type { SearchTrial } from '../../../contract/search.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { findRun } from '../../../services/find-run.ts';
import { RunNotFoundError } from '../../../services/resume-run.ts';
import { trialName } from '../../../services/search/describe-trial.ts';
import { printOutcome } from '../print-outcome.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson } from '../table.ts';
import { outputMode, RunDisplay } from '../terminal.ts';
import { trialTable } from '../trial-table.ts';

/** A run that has tried nothing, or a trial that it has not. */
export class NoSuchTrialError extends SecateurError {
  readonly kind = 'not-found';

  constructor(run: Run, name: string, known: readonly SearchTrial[]) {
    super(
      `the ${run.kind} run ${run.id} has no trial "${name}"`,
      known.length === 0
        ? 'Only searches have trials: `secateur search`.'
        : `Known: ${known.map(trialName).join(', ')}.`,
    );
  }
}

interface TrialsOptions {
  readonly make?: string;
}

export function trialsCommand(): Command {
  return new Command('trials')
    .description('What a search has tried, while it goes on or afterwards; makes any trial a model')
    .argument('<run>', 'id, or the beginning of one; `secateur list --runs` shows them')
    .option('--make <trial>', 'prune as this trial did, measure it on test episodes, and store the model')
    .action(async (text: string, { make }: TrialsOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, async (services) => {
        const { store } = services;
        const run = findRun(store, text);
        if (run === null) throw new RunNotFoundError(text);
        const trials = store.trials.list(run.id);
        const outcome = store.outcomes.get(run.id);
        const search = outcome?.kind === 'search' ? outcome.search : null;
        if (make !== undefined) {
          const trial = trials.find((one) => trialName(one) === make);
          if (trial === undefined) throw new NoSuchTrialError(run, make, trials);
          const display = new RunDisplay(outputMode(globals.json));
          printOutcome(await runWithSignals(services, trial.recipe, display), globals.json);
        } else if (globals.json) printJson({ run, search, trials });
        else print(trialTable(trials, search));
      });
    });
}
