// What a search is to try: every way of pruning that its space has, or a fair selection of them.
import type { SearchRecipe, SearchSpace } from '../../../contract/recipe.ts';
import type { Combination, SearchPlan } from '../../../contract/search.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { Random } from '../../random/random.ts';
import { allocations } from '../allocation/registry.ts';
import { criteria } from '../criteria/registry.ts';
import { canRank } from '../granularity/granularity.ts';
import { hybrid } from '../granularity/hybrid.ts';
import { granularities } from '../granularity/registry.ts';
import { MovementWithoutTrainingError } from '../movement.ts';
import { none } from '../recovery/none.ts';
import { recoveries } from '../recovery/registry.ts';
import { oneShot } from '../schedules/one-shot.ts';
import { schedules } from '../schedules/registry.ts';
import { hasLadder } from './ladder.ts';

/** A choice that nothing else of the space goes with. */
export class UnusableChoiceError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: 'criterion' | 'granularity', name: string, others: readonly string[], suitable: readonly string[]) {
    super(
      `the search cannot use the ${what} "${name}": it goes with none of ${others.join(', ')}`,
      `Leave it out, or add one that it goes with: ${suitable.join(', ')}.`,
    );
  }
}

/** A space in which something stands twice would try it twice. */
export class RepeatedChoiceError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(field: string, value: string) {
    super(`the search has "${value}" twice among its ${field}`, 'Name every choice once.');
  }
}

function checkOnce(space: SearchSpace): void {
  for (const field of ['granularities', 'criteria', 'allocations', 'sparsities', 'schedules', 'recoveries'] as const) {
    const values = space[field].map(String);
    const twice = values.find((value, i) => values.indexOf(value) !== i);
    if (twice !== undefined) throw new RepeatedChoiceError(field, twice);
  }
}

/**
 * @throws UnknownNameError, NOfMPatternError, RepeatedChoiceError, UnusableChoiceError, and MovementWithoutTrainingError,
 *   since the first rung heals nothing
 */
export function checkSpace(space: SearchSpace): void {
  checkOnce(space);
  const pieces = space.granularities.map((name) => granularities.get(name));
  const rankings = space.criteria.map((name) => criteria.get(name));
  for (const name of space.allocations) allocations.get(name);
  for (const name of space.schedules) schedules.get(name);
  for (const name of space.recoveries) recoveries.get(name);
  for (const criterion of rankings) {
    if (criterion.needs === 'movement') throw new MovementWithoutTrainingError('the first rung of a search');
    if (pieces.some((granularity) => canRank(criterion, granularity))) continue;
    const suitable = granularities.all.filter((granularity) => canRank(criterion, granularity)).map(({ id }) => id);
    throw new UnusableChoiceError('criterion', criterion.id, space.granularities, suitable);
  }
  for (const granularity of pieces) {
    if (rankings.some((criterion) => canRank(criterion, granularity))) continue;
    const suitable = criteria.all.filter((criterion) => canRank(criterion, granularity)).map(({ id }) => id);
    throw new UnusableChoiceError('granularity', granularity.id, space.criteria, suitable);
  }
}

/** Every way of pruning that the space has, in its order. Where nothing heals there is nothing to do in steps. */
export function combinationsOf(space: SearchSpace): Combination[] {
  const ways = space.recoveries.flatMap((recovery) =>
    (recovery === none.id ? [oneShot.id] : space.schedules).map((schedule) => ({ recovery, schedule })),
  );
  return space.granularities.flatMap((granularity) =>
    space.criteria
      .filter((criterion) => canRank(criteria.get(criterion), granularities.get(granularity)))
      .flatMap((criterion) =>
        space.allocations.flatMap((allocation) =>
          space.sparsities.flatMap((sparsity) =>
            ways.map((way) => ({ granularity, criterion, allocation, sparsity, ...way })),
          ),
        ),
      ),
  );
}

/** So many of them, in their order, as many of every granularity and amount as of any other, as far as there are any. */
function select(combinations: readonly Combination[], count: number, random: Random): Combination[] {
  if (count >= combinations.length) return [...combinations];
  const strata = new Map<string, number[]>();
  combinations.forEach(({ granularity, sparsity }, i) => {
    const key = `${granularity} ${sparsity}`;
    strata.set(key, [...(strata.get(key) ?? []), i]);
  });
  const chosen: number[] = [];
  let open = [...strata.values()];
  while (chosen.length < count) {
    // The last round has not enough for every stratum: luck decides which go without.
    const left = [...open];
    while (left.length > 0 && chosen.length < count) {
      const stratum = left.splice(random.integer(left.length), 1)[0]!;
      chosen.push(stratum.splice(random.integer(stratum.length), 1)[0]!);
    }
    open = open.filter((stratum) => stratum.length > 0);
  }
  return chosen.sort((a, b) => a - b).map((i) => combinations[i]!);
}

/** @throws those of `checkSpace` */
export function planSearch({ space, target, trials, seed }: SearchRecipe): SearchPlan {
  checkSpace(space);
  const possible = combinationsOf(space);
  const searched = ({ id }: { readonly id: string }): boolean =>
    hasLadder(id) || (id === hybrid.id && target.kind === 'return');
  return {
    combinations: select(possible, trials, new Random(seed)),
    possible: possible.length,
    automatic: space.automatic
      ? space.granularities
          .map((name) => granularities.get(name))
          .filter(searched)
          .map(({ id }) => id)
      : [],
  };
}
