// The rungs of a search: how many enter each, how long they heal, how much they play; and the recipe of one trial.
import type { AutomaticTarget, PruneRecipe, SearchRecipe } from '../../contract/recipe.ts';
import type { Combination } from '../../contract/search.ts';

export interface Rung {
  /** Ways of pruning that enter; fewer where the plan has fewer, or some have failed. */
  readonly entrants: number;
  /** Of validation, at least two of them. */
  readonly episodes: number;
  readonly updates: number;
}

/** With fewer episodes luck alone decides; a range of validation seeds that is shorter is played as a whole. */
const FEWEST_EPISODES = 10;
/** Steps of a schedule that prunes in steps. */
const STEPS = 20;
/** Gradient updates in the time that evolution takes for a generation, as far as that can be said. */
const UPDATES_PER_GENERATION = 100;

/**
 * The last rung plays all validation episodes and heals for all updates; every rung before has a `keepOneIn`-th of that,
 * and as many times more entrants. The first of several heals nothing.
 */
export function rungsOf({ seeds, trials, rungs, keepOneIn, updates }: SearchRecipe): Rung[] {
  const { count } = seeds.validation;
  return Array.from({ length: rungs }, (_, rung) => {
    const share = keepOneIn ** (rung - rungs + 1);
    return {
      entrants: Math.ceil(trials / keepOneIn ** rung),
      episodes: Math.min(count, Math.max(FEWEST_EPISODES, Math.ceil(count * share))),
      updates: rung === 0 && rungs > 1 ? 0 : Math.ceil(updates * share),
    };
  });
}

function pruneRecipe(
  { version, seed, backend, source, environment, seeds }: SearchRecipe,
  granularity: string,
  method: PruneRecipe['method'],
): PruneRecipe {
  return { kind: 'prune', version, seed, backend, source, environment, seeds, granularity, method, export: null };
}

/** @param updates 0 heals nothing, and then there is nothing to do in steps either */
export function trialRecipe(search: SearchRecipe, combination: Combination, updates: number): PruneRecipe {
  const { granularity, criterion, sparsity, allocation, schedule, recovery } = combination;
  const heals = updates > 0 && recovery !== 'none';
  return pruneRecipe(search, granularity, {
    kind: 'manual',
    criterion,
    amount: { kind: 'sparsity', sparsity },
    allocation,
    layers: {},
    multiple: 1,
    schedule: heals ? schedule : 'one-shot',
    steps: STEPS,
    recovery: heals
      ? { method: recovery, updates: recovery === 'evolve' ? Math.ceil(updates / UPDATES_PER_GENERATION) : updates }
      : { method: 'none', updates: 0 },
    rewind: 'nothing',
  });
}

export function automaticRecipe(search: SearchRecipe, granularity: string, target: AutomaticTarget): PruneRecipe {
  return pruneRecipe(search, granularity, { kind: 'automatic', target });
}
