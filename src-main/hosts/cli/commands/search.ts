import { Command } from 'commander';
import { DEFAULT_SEARCH } from '../../../contract/default-search.ts';
import type { SearchRecipe } from '../../../contract/recipe.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { environmentOf, resolveSource } from '../../../services/resolve-source.ts';
import type { Store } from '../../../store/store.ts';
import { addTargetOptions, targetOf, type TargetOptions } from '../automatic-target.ts';
import { parseCount, parseNames, parseNumber, parseShares } from '../parse-options.ts';
import { printOutcome } from '../print-outcome.ts';
import {
  addExportOptions,
  addSharedOptions,
  destinationOf,
  parseRecipe,
  seedRangesOf,
  type ExportOptions,
  type SharedOptions,
} from '../recipe-options.ts';
import { whatFits } from '../search-space.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface SearchOptions extends SharedOptions, ExportOptions, TargetOptions {
  readonly env?: string;
  readonly normalizer?: string;
  readonly granularities: readonly string[];
  readonly criteria: readonly string[];
  readonly allocations: readonly string[];
  readonly sparsities: readonly number[];
  readonly schedules: readonly string[];
  readonly recoveries: readonly string[];
  readonly automatic: boolean;
  readonly trials: number;
  readonly rungs: number;
  readonly keepOneIn: number;
  readonly updates: number;
  readonly time: number;
  readonly processes?: number;
  readonly printRecipe: boolean;
}

async function recipeOf(store: Store, model: string, options: SearchOptions, command: Command): Promise<SearchRecipe> {
  const source = resolveSource(store, model, options.normalizer);
  const catalogue = await loadCatalogue(jobHost);
  const known = catalogue.environments.map(({ id }) => id);
  const isOpen = (name: string): boolean => command.getOptionValueSource(name) !== 'cli';
  const { allocations, sparsities, schedules, recoveries, automatic } = options;
  const { seed, backend, trials, rungs, keepOneIn, updates, time, processes } = options;
  return parseRecipe({
    kind: 'search',
    version: 1,
    seed,
    backend,
    source,
    environment: environmentOf(store, source, options.env, known),
    seeds: seedRangesOf(options),
    target: targetOf(options),
    space: {
      ...whatFits(options, isOpen, catalogue.criteria),
      allocations,
      sparsities,
      schedules,
      recoveries,
      automatic,
    },
    trials,
    rungs,
    keepOneIn,
    updates,
    seconds: time === 0 ? null : time,
    processes: processes ?? null,
    export: destinationOf(options),
  }) as SearchRecipe;
}

function addSpaceOptions(command: Command): Command {
  const { space } = DEFAULT_SEARCH;
  return command
    .option('--granularities <list>', 'what goes as one piece', parseNames, space.granularities)
    .option('--criteria <list>', 'what counts as important (see `secateur methods`)', parseNames, space.criteria)
    .option('--allocations <list>', 'how amounts are spread over the layers', parseNames, space.allocations)
    .option('--sparsities <list>', 'shares to remove, in [0, 1)', parseShares, space.sparsities)
    .option('--schedules <list>', 'in which steps, where there is healing', parseNames, space.schedules)
    .option('--recoveries <list>', 'what heals: distill, fine-tune, evolve, none', parseNames, space.recoveries)
    .option('--no-automatic', 'leave the automatic search of `prune` out of the last rung');
}

function addEffortOptions(command: Command): Command {
  const { trials, rungs, keepOneIn, updates, seconds } = DEFAULT_SEARCH;
  return command
    .option('--trials <n>', 'ways of pruning in the first rung', parseCount, trials)
    .option('--rungs <n>', 'rungs, 1 to 6', parseCount, rungs)
    .option('--keep-one-in <n>', 'who goes on to the next rung; 1 cuts nothing', parseCount, keepOneIn)
    .option('--updates <n>', 'of recovery in the last rung', parseCount, updates)
    .option('--time <seconds>', 'after which nothing more is tried; 0 for no end', parseNumber, seconds ?? 0)
    .option('--processes <n>', 'trials at the same time (default: as many as there are cores)', parseCount);
}

export function searchCommand(): Command {
  const command = new Command('search')
    .description('Try many ways of pruning, drop the poor ones early, and keep the best; or pick another of the front')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--env <id>', 'environment, such as CartPole-v1 (default: from the model or the file name)')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent');
  addEffortOptions(addSpaceOptions(addTargetOptions(command))).option(
    '--print-recipe',
    'print the recipe as JSON and do nothing',
    false,
  );
  return addExportOptions(addSharedOptions(command))
    .addHelpText(
      'after',
      `
Successive halving: every way of pruning is cut and plays a few validation episodes; one in so many is healed
and plays more, and so on. The answer is measured on test episodes that nothing has seen before. The same recipe
gives the same answer however many processes make it, unless the time is up or a latency decides.

  secateur trials <run>                 what was tried, also of a search that goes on or was interrupted
  secateur trials <run> --make 3.12     makes that trial a model
  secateur resume <run>                 goes on with one that was interrupted; what is finished is not done again

Examples
  secateur search agent.zip --env CartPole-v1
  secateur search agent.zip --env CartPole-v1 --keep 0.99 --time 600
  secateur search agent.zip --env CartPole-v1 --max-bytes 2000 --granularities unit,hybrid
  secateur search agent.zip --env CartPole-v1 --criteria l1,taylor --sparsities 0.9,0.95,0.99 --json`,
    )
    .action(async (model: string, options: SearchOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, async (services) => {
        const recipe = await recipeOf(services.store, model, options, self);
        if (options.printRecipe) process.stdout.write(`${JSON.stringify(recipe, null, 2)}\n`);
        else {
          const display = new RunDisplay(outputMode(globals.json));
          printOutcome(await runWithSignals(services, recipe, display), globals.json);
        }
      });
    });
}
