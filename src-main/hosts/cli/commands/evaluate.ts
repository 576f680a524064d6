import { Command, Option } from 'commander';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { environmentOf, resolveSource } from '../../../services/resolve-source.ts';
import { printOutcome } from '../print-outcome.ts';
import { addSharedOptions, parseRecipe, seedRangesOf, type SharedOptions } from '../recipe-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface EvaluateOptions extends SharedOptions {
  readonly env?: string;
  readonly normalizer?: string;
  readonly against?: string;
  readonly againstNormalizer?: string;
  readonly purpose: 'validation' | 'test';
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('Play episodes and report the return with its confidence interval')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--env <id>', 'environment (default: from the model or the file name)')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent')
    .option('--against <model>', 'a model that plays the same episodes, to compare with')
    .option('--against-normalizer <file>', 'the normaliser of that model')
    .addOption(
      new Option('--purpose <seeds>', 'which seeds: those for choosing, or those for reporting')
        .choices(['validation', 'test'])
        .default('test'),
    );
  return addSharedOptions(command).action(async (model: string, options: EvaluateOptions, self: Command) => {
    const globals = self.optsWithGlobals<GlobalOptions>();
    await withServices(globals, async (services) => {
      const { store } = services;
      const source = resolveSource(store, model, options.normalizer);
      const known = (await loadCatalogue(jobHost)).environments.map(({ id }) => id);
      const recipe = parseRecipe({
        kind: 'evaluate',
        version: 1,
        seed: options.seed,
        backend: options.backend,
        source,
        baseline:
          options.against === undefined ? null : resolveSource(store, options.against, options.againstNormalizer),
        environment: environmentOf(store, source, options.env, known),
        seeds: seedRangesOf(options),
        purpose: options.purpose,
      });
      printOutcome(await runWithSignals(services, recipe, new RunDisplay(outputMode(globals.json))), globals.json);
    });
  });
}
