// A recipe's pruning, up to the masks: what a prune job and a trial of a search have in common, to the last bit.
import type { AnyPruneRecipe } from '../../contract/recipe.ts';
import type { PolicyModel } from '../networks/model.ts';
import { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import type { Granularity } from './granularity/granularity.ts';
import { pruneByHand } from './prune-by-hand.ts';
import type { PruningInput, PruningOutcome } from './pruning-input.ts';
import { pruneAutomatically } from './search/prune-automatically.ts';

/** Where the randomness of a recipe goes, in the order in which it is drawn from the seed. */
export function streamsOf(seed: number): { readonly dense: Random; readonly pruning: Random; readonly rest: Random } {
  const rest = new Random(seed);
  return { dense: rest.fork(), pruning: rest.fork(), rest };
}

/** Tells which layers lose nothing at the granularity, and why. */
export function logSkipped(
  granularity: Granularity,
  { model, context }: { readonly model: PolicyModel; readonly context: RunContext },
): void {
  const stays = granularity.ranks === 'layers' ? 'stays' : 'keeps all of its units';
  for (const { layer, reason } of granularity.skips({ ...model, network: model.description.network })) {
    context.log('info', `${layer} ${stays}: ${reason}`);
  }
}

export function carryOut(input: PruningInput, method: AnyPruneRecipe['method']): Promise<PruningOutcome> {
  switch (method.kind) {
    case 'manual':
      return pruneByHand(input, method);
    case 'automatic':
      return pruneAutomatically(input, method);
  }
}
