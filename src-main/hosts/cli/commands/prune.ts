import { Command, Option } from 'commander';
import {
  rewindSchema,
  type AmountChoice,
  type AnyPruneRecipe,
  type Rewind,
  type Source,
} from '../../../contract/recipe.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { environmentOf, resolveSource } from '../../../services/resolve-source.ts';
import type { Store } from '../../../store/store.ts';
import { addTargetOptions, refuseTarget, targetOf, type TargetOptions } from '../automatic-target.ts';
import { addLayerOptions, layersOf, type LayerOptions } from '../layer-options.ts';
import { parseCount, parseNumber } from '../parse-options.ts';
import { plainCriterion } from '../plain-criterion.ts';
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
import { outputMode, RunDisplay } from '../terminal.ts';

interface PruneOptions extends SharedOptions, ExportOptions, TargetOptions, LayerOptions {
  readonly env?: string;
  readonly observations?: string;
  readonly normalizer?: string;
  readonly granularity: string;
  readonly criterion?: string;
  readonly sparsity?: number;
  readonly threshold?: number;
  readonly allocation: string;
  readonly schedule: string;
  readonly steps: number;
  readonly recovery: string;
  readonly updates: number;
  readonly rewind: Rewind;
  readonly printRecipe: boolean;
}

function amountOf({ sparsity, threshold }: PruneOptions): AmountChoice | null {
  if (sparsity !== undefined && threshold !== undefined) {
    throw new RecipeInvalidError('--sparsity and --threshold', 'give one of the two');
  }
  if (threshold !== undefined) return { kind: 'threshold', threshold };
  return sparsity === undefined ? null : { kind: 'sparsity', sparsity };
}

/** Options that mean nothing to the automatic search. */
const BY_HAND = [
  'criterion',
  'allocation',
  'layer',
  'lock',
  'multiple',
  'schedule',
  'steps',
  'recovery',
  'updates',
  'rewind',
] as const;

/** By hand as soon as an amount is given; otherwise the automatic search. */
function methodOf(options: PruneOptions, command: Command): unknown {
  const amount = amountOf(options);
  if (amount === null) {
    const given = BY_HAND.find((name) => command.getOptionValueSource(name) === 'cli');
    if (given !== undefined) {
      throw new RecipeInvalidError(`--${given}`, 'pruning by hand needs an amount: --sparsity or --threshold');
    }
    const target = targetOf(options);
    const kept = options.observations !== undefined && target.kind === 'return';
    return { kind: 'automatic', target: kept ? { kind: 'agreement', keep: target.keep } : target };
  }
  refuseTarget(options);
  const { granularity, criterion, allocation, multiple, schedule, steps, recovery, updates, rewind } = options;
  return {
    kind: 'manual',
    criterion: criterion ?? (granularity === 'hybrid' ? 'activity' : plainCriterion(granularity)),
    amount,
    allocation,
    layers: layersOf(options),
    multiple,
    schedule,
    steps,
    recovery: { method: recovery, updates },
    rewind,
  };
}

/** Episodes of an environment, or a file of observations. @throws RecipeInvalidError for what means nothing to the latter */
async function basisOf(store: Store, source: Source, options: PruneOptions, command: Command): Promise<object> {
  if (options.observations !== undefined) {
    const given = (['env', 'episodes'] as const).find((name) => command.getOptionValueSource(name) === 'cli');
    if (given !== undefined) {
      throw new RecipeInvalidError(`--${given} and --observations`, 'give one of the two: observations are not played');
    }
    return { basis: 'observations', observations: { kind: 'file', path: options.observations } };
  }
  const known = (await loadCatalogue(jobHost)).environments.map(({ id }) => id);
  return { environment: environmentOf(store, source, options.env, known), seeds: seedRangesOf(options) };
}

async function recipeOf(store: Store, model: string, options: PruneOptions, command: Command): Promise<AnyPruneRecipe> {
  const source = resolveSource(store, model, options.normalizer);
  return parseRecipe({
    kind: 'prune',
    version: 1,
    seed: options.seed,
    backend: options.backend,
    source,
    ...(await basisOf(store, source, options, command)),
    granularity: options.granularity,
    method: methodOf(options, command),
    export: destinationOf(options),
  }) as AnyPruneRecipe;
}

function addChoices(command: Command): Command {
  addTargetOptions(command)
    .option('--sparsity <share>', 'by hand: share to remove, in [0, 1)', parseNumber)
    .option('--threshold <lambda>', 'by hand: remove all that scores at most λ; with l1, |θ| ≤ λ', parseNumber)
    .option('--criterion <name>', 'by hand: what counts as important (default: l1; hybrid: activity; layer: bypass)')
    .option('--allocation <name>', 'by hand: uniform, global, erk, lamp or sensitivity', 'global');
  return addLayerOptions(command)
    .option('--schedule <name>', 'by hand: one-shot, iterative or polynomial', 'one-shot')
    .option('--steps <n>', 'by hand: how often a gradual schedule prunes', parseCount, 20)
    .option('--recovery <name>', 'by hand: none, distill, fine-tune, redo (DQN) or evolve', 'none')
    .option('--updates <n>', 'by hand: updates (or generations) of recovery', parseCount, 6000)
    .addOption(
      new Option('--rewind <what>', 'by hand: what begins again after every cut of a gradual schedule')
        .choices(rewindSchema.options)
        .default('nothing'),
    );
}

export function pruneCommand(): Command {
  const command = new Command('prune')
    .description('Remove weights, neurons, channels or whole layers, heal, measure, and export what is left')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--env <id>', 'environment, such as CartPole-v1 (default: from the model or the file name)')
    .option('--observations <file>', 'where the environment is not here: what the policy has met, .npy, .npz or .csv')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent')
    .option(
      '--granularity <name>',
      'weight, neuron, channel, unit (both), hybrid, layer, or N:M such as 2:4',
      'weight',
    );
  addChoices(command).option('--print-recipe', 'print the recipe as JSON and do nothing', false);
  return addExportOptions(addSharedOptions(command))
    .addHelpText(
      'after',
      `
Without an amount the search is automatic: it removes all that can go while the return on validation
episodes keeps the share --keep, or what has to go until the policy fits --max-bytes or --max-latency,
whatever that takes of distillation and evolution. A latency is measured, so another machine, or a busier
one, may choose another network; the report says what was measured.

With --observations nothing is played. The rows, one raw observation each, are dealt out to training,
validation and test; --keep is the agreement with the parent in held-out rows that is kept for certain
(the lower end of its 95 % interval), of continuous actions in units of how much the parent's vary. What
plays (fine-tune, redo, evolve, shapley-return, the allocation sensitivity) is refused.

Examples
  secateur prune agent.zip --env Acrobot-v1 --normalizer agent.vecnormalize.pkl --keep 0.95 --out small/
  secateur prune agent.zip --env CartPole-v1 --granularity neuron
  secateur prune agent.zip --env CartPole-v1 --granularity hybrid
  secateur prune agent.zip --env CartPole-v1 --granularity layer --sparsity 0.5 --recovery distill
  secateur prune robot.zip --observations seen.npy --granularity neuron --keep 0.95 --out small/
  secateur prune agent.zip --env CartPole-v1 --granularity neuron --max-bytes 4000
  secateur prune agent.zip --env CartPole-v1 --criterion l1 --threshold 0.05
  secateur prune agent.zip --env CartPole-v1 --sparsity 0.9 --layer dense_1=0.5 --lock q/output
  secateur prune agent.zip --env CartPole-v1 --sparsity 0.9 --allocation erk --schedule polynomial --recovery distill`,
    )
    .action(async (model: string, options: PruneOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const display = new RunDisplay(outputMode(globals.json));
      await withServices(globals, async (services) => {
        const recipe = await recipeOf(services.store, model, options, self);
        if (options.printRecipe) process.stdout.write(`${JSON.stringify(recipe, null, 2)}\n`);
        else printOutcome(await runWithSignals(services, recipe, display), globals.json);
      });
    });
}
