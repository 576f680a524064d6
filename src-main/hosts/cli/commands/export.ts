import { Command } from 'commander';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { environmentOf, EnvironmentUnknownError, resolveSource } from '../../../services/resolve-source.ts';
import { printOutcome } from '../print-outcome.ts';
import { addExportOptions, destinationOf, parseRecipe, type ExportOptions } from '../recipe-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface ExportCommandOptions extends ExportOptions {
  readonly env?: string;
  readonly normalizer?: string;
}

export function exportCommand(): Command {
  const command = new Command('export')
    .description('Write a model as files that other software runs, each read back and compared')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--env <id>', 'environment whose states the files are checked on (default: from the model)')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent');
  return addExportOptions(command).action(async (model: string, options: ExportCommandOptions, self: Command) => {
    const globals = self.optsWithGlobals<GlobalOptions>();
    await withServices(globals, async (services) => {
      const { store } = services;
      const source = resolveSource(store, model, options.normalizer);
      const known = (await loadCatalogue(jobHost)).environments.map(({ id }) => id);
      let environment: string | null = null;
      try {
        environment = environmentOf(store, source, options.env, known);
      } catch (error) {
        // A file can be exported without knowing where it plays; it is then checked on random states.
        if (!(error instanceof EnvironmentUnknownError)) throw error;
      }
      const recipe = parseRecipe({
        kind: 'export',
        version: 1,
        seed: 0,
        backend: 'auto',
        source,
        environment,
        export: destinationOf({ ...options, out: options.out ?? `${model.replace(/\.\w+$/, '')}-export` }),
      });
      printOutcome(await runWithSignals(services, recipe, new RunDisplay(outputMode(globals.json))), globals.json);
    });
  });
}
