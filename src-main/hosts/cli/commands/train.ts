import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Catalogue, Template } from '../../../contract/catalogue.ts';
import { environmentName } from '../../../contract/environment-id.ts';
import { algorithmSchema } from '../../../contract/model.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { collect, parseCount, parseNumber, parsePositive } from '../parse-options.ts';
import { printOutcome } from '../print-outcome.ts';
import {
  addExportOptions,
  addSharedOptions,
  destinationOf,
  parseRecipe,
  RecipeInvalidError,
  seedRangesOf,
  type ExportOptions,
  type SharedOptions,
} from '../recipe-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { trainForSeeds } from '../train-for-seeds.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface TrainOptions extends SharedOptions, ExportOptions {
  readonly algorithm?: string;
  readonly env?: string;
  readonly template?: string;
  readonly steps?: number;
  readonly set: readonly string[];
  readonly sparsity?: number;
  readonly granularity: string;
  readonly criterion: string;
  readonly allocation: string;
  readonly schedule: string;
  readonly pruneFrom: number;
  readonly pruneTo: number;
  readonly pruneSteps: number;
  readonly printRecipe: boolean;
  readonly seeds?: number;
  readonly jobs?: number;
  readonly keepLast: boolean;
  readonly log?: string;
}

function templateOf({ templates }: Catalogue, { env, template, algorithm }: TrainOptions): Template {
  const candidates = templates.filter((each) => algorithm === undefined || each.algorithm === algorithm);
  const found = candidates.find(({ id, environment }) =>
    template === undefined ? env !== undefined && environment === environmentName(env) : id === template,
  );
  if (found !== undefined) return found;
  const [option, value] = template === undefined ? ['--env', env] : ['--template', template];
  const settings = `${algorithm === undefined ? '' : `${algorithm.toUpperCase()} `}settings`;
  const problem =
    template === undefined ? `there are no published ${settings} for it` : `no ${settings} have that name`;
  throw new RecipeInvalidError(
    value === undefined ? '--env' : `${option} ${value}`,
    value === undefined ? 'name an environment, or a --template' : problem,
    `There are: ${templates.map(({ id, environment }) => `${id} for ${environment}`).join(', ')}.`,
  );
}

/** `learningRate=1e-3` → ['learningRate', 0.001]; values are JSON. */
function settingOf(text: string): [string, unknown] {
  const [name, ...rest] = text.split('=');
  try {
    return [name ?? '', JSON.parse(rest.join('='))];
  } catch {
    throw new RecipeInvalidError(`--set ${text}`, 'give NAME=VALUE, the value as JSON');
  }
}

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train an agent with published settings, pruned on the way if asked')
    .addOption(
      new Option('--algorithm <name>', 'how it learns (default: that of the first template)').choices(
        algorithmSchema.options,
      ),
    )
    .option('--env <id>', 'environment, such as CartPole-v1, or with options: CartPole-v1?stack=4&sticky=0.25')
    .option('--template <id>', 'published settings (see `secateur methods`; default: the first of the environment)')
    .option('--steps <n>', 'environment steps (default: as published)', parseCount)
    .option('--set <name=value>', 'change a setting, such as dueling=true; repeatable', collect, [])
    .option('--sparsity <share>', 'prune to this share during training', parseNumber)
    .option('--granularity <name>', 'weight, neuron, channel, unit (both), hybrid, or N:M such as 2:4', 'weight')
    .option('--criterion <name>', 'what counts as important', 'l1')
    .option('--allocation <name>', 'uniform, global, erk or lamp', 'erk')
    .option('--schedule <name>', 'one-shot, iterative or polynomial', 'polynomial')
    .option('--prune-from <share>', 'share of the run after which pruning begins', parseNumber, 0.2)
    .option('--prune-to <share>', 'share of the run by which it ends', parseNumber, 0.8)
    .option('--prune-steps <n>', 'how often the masks change', parseCount, 50)
    .option('--keep-last', 'store the policy of the last step beside the best one', false)
    .option('--log <folder>', 'write what is measured there too, for TensorBoard and as CSV')
    .option('--seeds <n>', 'train n times, with the seed and the n − 1 that follow it, side by side', parsePositive)
    .option('--jobs <n>', 'runs that compute at the same time (default: as many as cores)', parsePositive)
    .option('--print-recipe', 'print the recipe as JSON and do nothing', false);
  return addExportOptions(addSharedOptions(command))
    .addHelpText(
      'after',
      `
Examples
  secateur train --env CartPole-v1 --seed 1
  secateur train --env CartPole-v1 --algorithm ppo
  secateur train --env CartPole-v1 --algorithm ppo --seeds 3
  secateur train --env CartPole-v1 --sparsity 0.95 --set dueling=true`,
    )
    .action(async (options: TrainOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const template = templateOf(await loadCatalogue(jobHost), options);
      const { sparsity, granularity, criterion, allocation, schedule } = options;
      const recipe = parseRecipe({
        kind: 'train',
        version: 1,
        seed: options.seed,
        backend: options.backend,
        algorithm: template.algorithm,
        environment: options.env ?? template.environment,
        seeds: seedRangesOf(options),
        steps: options.steps ?? template.totalSteps,
        [template.algorithm]: { ...template.config, ...Object.fromEntries(options.set.map(settingOf)) },
        pruning:
          sparsity === undefined
            ? null
            : {
                granularity,
                criterion,
                sparsity,
                allocation,
                schedule,
                steps: options.pruneSteps,
                from: options.pruneFrom,
                to: options.pruneTo,
              },
        ...(options.keepLast && { keepLast: true }),
        ...(options.log !== undefined && { log: resolve(options.log) }),
        export: destinationOf(options),
      });
      if (options.printRecipe) {
        process.stdout.write(`${JSON.stringify(recipe, null, 2)}\n`);
        return;
      }
      const { seeds, jobs } = options;
      if (jobs !== undefined && seeds === undefined) {
        throw new RecipeInvalidError('--jobs', 'there is one run without --seeds');
      }
      await withServices(globals, async (services) => {
        if (seeds !== undefined && recipe.kind === 'train') {
          await trainForSeeds(services, recipe, { seeds, jobs: jobs ?? services.machine.cores, json: globals.json });
          return;
        }
        printOutcome(await runWithSignals(services, recipe, new RunDisplay(outputMode(globals.json))), globals.json);
      });
    });
}
