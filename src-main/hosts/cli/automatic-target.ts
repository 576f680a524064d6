// What the automatic search goes for, as options.
import type { Command } from 'commander';
import type { AutomaticTarget } from '../../contract/recipe.ts';
import { parseCount, parseNumber } from './parse-options.ts';
import { RecipeInvalidError } from './recipe-options.ts';

export interface TargetOptions {
  readonly keep?: number;
  readonly maxBytes?: number;
  readonly maxLatency?: number;
}

const DEFAULT_TARGET: AutomaticTarget = { kind: 'return', keep: 0.95 };

export function addTargetOptions(command: Command): Command {
  return command
    .option('--keep <share>', 'automatic: share of the return (or agreement) to keep (default: 0.95)', parseNumber)
    .option('--max-bytes <n>', 'automatic, instead: what the policy may take as a model file', parseCount)
    .option('--max-latency <µs>', 'automatic, instead: what one action may take, in microseconds', parseNumber);
}

/** Null when none was given. @throws RecipeInvalidError for more than one */
function givenTarget({
  keep,
  maxBytes,
  maxLatency,
}: TargetOptions): { option: string; target: AutomaticTarget } | null {
  const given: { option: string; target: AutomaticTarget }[] = [];
  if (keep !== undefined) given.push({ option: '--keep', target: { kind: 'return', keep } });
  if (maxBytes !== undefined) given.push({ option: '--max-bytes', target: { kind: 'bytes', bytes: maxBytes } });
  if (maxLatency !== undefined) {
    given.push({ option: '--max-latency', target: { kind: 'latency', microseconds: maxLatency } });
  }
  const [first, second] = given;
  if (first === undefined) return null;
  if (second !== undefined) throw new RecipeInvalidError(`${first.option} and ${second.option}`, 'give one of the two');
  return first;
}

export function targetOf(options: TargetOptions): AutomaticTarget {
  return givenTarget(options)?.target ?? DEFAULT_TARGET;
}

/** @throws RecipeInvalidError for a target beside an amount */
export function refuseTarget(options: TargetOptions): void {
  const given = givenTarget(options);
  if (given === null) return;
  throw new RecipeInvalidError(
    given.option,
    'the automatic search chooses the amount; leave out --sparsity and --threshold',
  );
}
