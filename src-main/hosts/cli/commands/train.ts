import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Template } from '../../../contract/catalogue.ts';
import { environmentName } from '../../../contract/environment-id.ts';
import { isGymnasiumId } from '../../../contract/gymnasium-id.ts';
import { algorithmSchema } from '../../../contract/model.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { describeEnvironment } from '../../../services/describe-environment.ts';
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
import {
  addTrainingPruningOptions,
  trainingPruningOf,
  type TrainingPruningOptions,
} from '../training-pruning-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { trainForSeeds } from '../train-for-seeds.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface TrainOptions extends SharedOptions, ExportOptions, TrainingPruningOptions {
  readonly algorithm?: string;
  readonly env?: string;
  readonly template?: string;
  readonly steps?: number;
  readonly set: readonly string[];
  readonly redo?: number;
  readonly redoEvery?: number;
  readonly printRecipe: boolean;
  readonly seeds?: number;
  readonly jobs?: number;
  readonly environmentThreads?: number;
  readonly keepLast: boolean;
  readonly log?: string;
}

/** What Python has is named with its options; a native environment has the template of its name, however it is wrapped. */
const fits = (environment: string, env: string): boolean => environment === env || environment === environmentName(env);

function templateOf(templates: readonly Template[], { env, template, algorithm }: TrainOptions): Template {
  const candidates = templates.filter((each) => algorithm === undefined || each.algorithm === algorithm);
  const found = candidates.find(({ id, environment }) =>
    template === undefined ? env !== undefined && fits(environment, env) : id === template,
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

/** Of the catalogue, or what fits an environment that Python has. */
async function templatesFor({ env }: TrainOptions, globals: GlobalOptions): Promise<readonly Template[]> {
  if (env === undefined || !isGymnasiumId(env)) return (await loadCatalogue(jobHost)).templates;
  // By way of the services: which Python is meant may be in the settings.
  return withServices(globals, async (services) => (await describeEnvironment(services.jobHost, env)).templates);
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

/** @throws RecipeInvalidError where nothing would be recycled */
function recyclingOf({ redo, redoEvery }: TrainOptions, { algorithm }: Template): { readonly redo?: unknown } {
  if (redo === undefined) {
    if (redoEvery !== undefined) throw new RecipeInvalidError('--redo-every', 'does nothing without --redo');
    return {};
  }
  if (algorithm !== 'dqn') throw new RecipeInvalidError('--redo', `recycles the units of DQN, not of ${algorithm}`);
  return { redo: { threshold: redo, every: redoEvery ?? 1000 } };
}

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train an agent with published settings, pruned on the way if asked')
    .addOption(
      new Option('--algorithm <name>', 'how it learns (default: that of the first template)').choices(
        algorithmSchema.options,
      ),
    )
    .option('--env <id>', 'such as CartPole-v1, CartPole-v1?stack=4&sticky=0.25, or gym:ID of your Python')
    .option('--template <id>', 'published settings (see `secateur methods`; default: the first of the environment)')
    .option('--steps <n>', 'environment steps (default: as published)', parseCount)
    .option('--set <name=value>', 'change a setting, such as dueling=true; repeatable', collect, [])
    .option('--redo <share>', 'DQN: recycle units at most so loud beside their layer, such as 0.025', parseNumber)
    .option('--redo-every <n>', 'updates after which that is done (default: 1000)', parseCount)
    .option('--keep-last', 'store the policy of the last step beside the best one', false)
    .option('--log <folder>', 'write what is measured there too, for TensorBoard and as CSV')
    .option('--seeds <n>', 'train n times, with the seed and the n − 1 that follow it, side by side', parsePositive)
    .option('--jobs <n>', 'runs that compute at the same time (default: as many as cores)', parsePositive)
    .option('--environment-threads <n>', 'threads that step environments, of each run (default: 1)', parsePositive)
    .option('--print-recipe', 'print the recipe as JSON and do nothing', false);
  return addExportOptions(addSharedOptions(addTrainingPruningOptions(command)))
    .addHelpText(
      'after',
      `
Examples
  secateur train --env CartPole-v1 --seed 1
  secateur train --env CartPole-v1 --algorithm ppo
  secateur train --env CartPole-v1 --algorithm ppo --seeds 3
  secateur train --env gym:HalfCheetah-v5 --python .venv/bin/python
  secateur train --env "gym:ALE/Pong-v5?atari"                84×84×4 grey frames, every fourth
  secateur train --env CartPole-v1 --sparsity 0.95 --set dueling=true
  secateur train --env CartPole-v1 --sparsity 0.95 --topology rigl
  secateur train --env Acrobot-v1 --algorithm ppo --sparsity 0.9 --topology static --criterion snip --allocation global
  secateur train --env Acrobot-v1 --redo 0.025`,
    )
    .action(async (options: TrainOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const template = templateOf(await templatesFor(options, globals), options);
      const { environmentThreads } = options;
      const recipe = parseRecipe({
        kind: 'train',
        version: 1,
        seed: options.seed,
        backend: options.backend,
        algorithm: template.algorithm,
        environment: options.env ?? template.environment,
        seeds: seedRangesOf(options),
        steps: options.steps ?? template.totalSteps,
        [template.algorithm]: {
          ...template.config,
          ...Object.fromEntries(options.set.map(settingOf)),
          ...recyclingOf(options, template),
        },
        pruning: trainingPruningOf(options),
        ...(environmentThreads !== undefined && { environmentThreads }),
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
