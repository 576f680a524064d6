import { Command } from 'commander';
import { findRun } from '../../../services/find-run.ts';
import { RunNotFoundError } from '../../../services/resume-run.ts';
import { printOutcome } from '../print-outcome.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

export function resumeCommand(): Command {
  return new Command('resume')
    .description(
      'Go on with a run that was interrupted: training from its last checkpoint, a search with what it has tried',
    )
    .argument('<run>', 'id, or the beginning of one; `secateur list --runs` shows them')
    .action(async (text: string, _options: unknown, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, async (services) => {
        const run = findRun(services.store, text);
        if (run === null) throw new RunNotFoundError(text);
        printOutcome(await runWithSignals(services, run, new RunDisplay(outputMode(globals.json))), globals.json);
      });
    });
}
