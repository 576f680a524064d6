// The options of pruning while an agent learns: on a schedule, or sparse from the beginning.
import type { Command } from 'commander';
import { PRUNING_PHASE } from '../../contract/recipe.ts';
import { parseCount, parseNumber } from './parse-options.ts';
import { RecipeInvalidError } from './recipe-options.ts';

/** Undefined where nothing was said: what the other kind of pruning would ignore is refused. */
export interface TrainingPruningOptions {
  readonly sparsity?: number;
  readonly granularity?: string;
  readonly criterion?: string;
  readonly allocation?: string;
  readonly schedule?: string;
  readonly pruneFrom?: number;
  readonly pruneTo?: number;
  readonly pruneSteps?: number;
  readonly recovery?: string;
  readonly topology?: string;
  readonly rewireEvery?: number;
  readonly rewireDrop?: number;
  readonly rewireUntil?: number;
}

const OF_SCHEDULES = ['schedule', 'pruneFrom', 'pruneTo', 'pruneSteps'] as const;
const OF_TOPOLOGIES = ['rewireEvery', 'rewireDrop', 'rewireUntil'] as const;
const OF_PRUNING = [
  'granularity',
  'criterion',
  'allocation',
  'recovery',
  'topology',
  ...OF_SCHEDULES,
  ...OF_TOPOLOGIES,
] as const;

export function addTrainingPruningOptions(command: Command): Command {
  return command
    .option('--sparsity <share>', 'prune to this share during training', parseNumber)
    .option(
      '--granularity <name>',
      'weight, neuron, channel, unit (both), hybrid, or N:M such as 2:4 (default: weight)',
    )
    .option('--criterion <name>', 'what counts as important (default: l1; with --topology: random)')
    .option('--allocation <name>', 'uniform, global, erk or lamp (default: lamp; with --topology: erk)')
    .option('--schedule <name>', 'one-shot, iterative or polynomial (default: polynomial)')
    .option(
      '--prune-from <share>',
      'share of the run after which pruning begins (default: 0.9; with --recovery none: 0.05)',
      parseNumber,
    )
    .option(
      '--prune-to <share>',
      'share of the run by which it ends (default: 0.98; with --recovery none: 0.4)',
      parseNumber,
    )
    .option('--prune-steps <n>', 'how often the masks change (default: 100)', parseCount)
    .option(
      '--recovery <name>',
      'what heals it in the end: none, or distill, by which the strongest policy of the run teaches it (default: distill)',
    )
    .option(
      '--topology <name>',
      'sparse from the first step on instead of pruned on a schedule: static, set or rigl; the criterion (random, snip, …) chooses the first weights',
    )
    .option('--rewire-every <n>', 'updates after which set and rigl drop and grow weights (default: 250)', parseCount)
    .option('--rewire-drop <share>', 'share of each layer that is dropped, at first (default: 0.3)', parseNumber)
    .option('--rewire-until <share>', 'share of the run after which no more is (default: 0.75)', parseNumber);
}

const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function refuse(options: TrainingPruningOptions, names: readonly (keyof TrainingPruningOptions)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new RecipeInvalidError(optionOf(given), why);
}

/**
 * The field `pruning` of a recipe, yet to be checked.
 * @throws RecipeInvalidError for an option that would do nothing
 */
export function trainingPruningOf(options: TrainingPruningOptions): unknown {
  const { sparsity, granularity = 'weight', recovery = 'distill', topology } = options;
  if (sparsity === undefined) {
    refuse(options, OF_PRUNING, 'does nothing without --sparsity, the share that is to be pruned');
    return null;
  }
  if (topology === undefined) {
    refuse(options, OF_TOPOLOGIES, 'does nothing without --topology set or --topology rigl');
    const phase = PRUNING_PHASE[recovery === 'none' ? 'none' : 'distill'];
    return {
      kind: 'gradual',
      granularity,
      criterion: options.criterion ?? 'l1',
      sparsity,
      allocation: options.allocation ?? 'lamp',
      schedule: options.schedule ?? 'polynomial',
      steps: options.pruneSteps ?? 100,
      from: options.pruneFrom ?? phase.from,
      to: options.pruneTo ?? phase.to,
      recovery,
    };
  }
  refuse(options, OF_SCHEDULES, 'belongs to pruning on a schedule; with --topology the network is sparse throughout');
  return {
    kind: 'sparse',
    granularity,
    criterion: options.criterion ?? 'random',
    sparsity,
    allocation: options.allocation ?? 'erk',
    topology,
    every: options.rewireEvery ?? 250,
    drop: options.rewireDrop ?? 0.3,
    until: options.rewireUntil ?? 0.75,
    recovery,
  };
}
