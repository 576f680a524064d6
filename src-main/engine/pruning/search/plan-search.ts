// What a search is to try: every way of pruning that its space has, or a fair selection of them.
import type { SearchRecipe, SearchSpace } from '../../../contract/recipe.ts';
import type { Combination, SearchPlan } from '../../../contract/search.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { Random } from '../../random/random.ts';
import { allocations } from '../allocation/registry.ts';
import { criteria } from '../criteria/registry.ts';
import { canRank, canSpread, type Granularity } from '../granularity/granularity.ts';
import { hybrid } from '../granularity/hybrid.ts';
import { layer } from '../granularity/layer.ts';
import { granularities } from '../granularity/registry.ts';
import { hiddenLayers, type WeighedModel } from '../hidden-layers.ts';
import { MovementWithoutTrainingError } from '../movement.ts';
import { none } from '../recovery/none.ts';
import { recoveries } from '../recovery/registry.ts';
import { checkRemovable, layersLeft } from '../remove-layers.ts';
import { oneShot } from '../schedules/one-shot.ts';
import { schedules } from '../schedules/registry.ts';
import { hasLadder } from './ladder.ts';

/** But for what the policy costs as it is, which is measured. */
type Plan = Omit<SearchPlan, 'asItIs'>;

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
  const spreading = space.allocations.map((name) => allocations.get(name));
  for (const name of space.schedules) schedules.get(name);
  for (const name of space.recoveries) recoveries.get(name);
  for (const criterion of rankings) {
    if (criterion.needs === 'movement') throw new MovementWithoutTrainingError('the first rung of a search');
    if (pieces.some((granularity) => canRank(criterion, granularity))) continue;
    const suitable = granularities.all.filter((granularity) => canRank(criterion, granularity)).map(({ id }) => id);
    throw new UnusableChoiceError('criterion', criterion.id, space.granularities, suitable);
  }
  for (const granularity of pieces) {
    if (!spreading.some((allocation) => canSpread(allocation, granularity))) {
      const suitable = allocations.all.filter((allocation) => canSpread(allocation, granularity)).map(({ id }) => id);
      throw new UnusableChoiceError('granularity', granularity.id, space.allocations, suitable);
    }
    if (rankings.some((criterion) => canRank(criterion, granularity))) continue;
    const suitable = criteria.all.filter((criterion) => canRank(criterion, granularity)).map(({ id }) => id);
    throw new UnusableChoiceError('granularity', granularity.id, space.criteria, suitable);
  }
}

/** The smallest amount for every number of layers that the space asks to remove and the network can lose. */
function layerAmounts({ sparsities }: SearchSpace, network: WeighedModel): number[] {
  const layers = hiddenLayers(network);
  const removable = layers.filter(({ obstacle }) => obstacle === null).length;
  const most = Math.min(removable, layers.length - 1);
  const byCount = new Map<number, number>();
  for (const sparsity of sparsities.toSorted((a, b) => a - b)) {
    const gone = Math.min(most, layers.length - layersLeft(layers.length, sparsity).left);
    if (gone > 0 && !byCount.has(gone)) byCount.set(gone, sparsity);
  }
  return [...byCount.values()];
}

/**
 * Every way of pruning that the space has for the network, in its order. Where nothing heals there is nothing to do in
 * steps; amounts that would remove the same layers are one.
 */
export function combinationsOf(space: SearchSpace, network: WeighedModel): Combination[] {
  const amountsFor = (granularity: Granularity): readonly number[] =>
    granularity.ranks === 'layers' ? layerAmounts(space, network) : space.sparsities;
  const ways = space.recoveries.flatMap((recovery) =>
    (recovery === none.id ? [oneShot.id] : space.schedules).map((schedule) => ({ recovery, schedule })),
  );
  return space.granularities.flatMap((name) => {
    const granularity = granularities.get(name);
    const spreading = space.allocations.filter((allocation) => canSpread(allocations.get(allocation), granularity));
    return space.criteria
      .filter((criterion) => canRank(criteria.get(criterion), granularity))
      .flatMap((criterion) =>
        spreading.flatMap((allocation) =>
          amountsFor(granularity).flatMap((sparsity) =>
            ways.map((way) => ({ granularity: name, criterion, allocation, sparsity, ...way })),
          ),
        ),
      );
  });
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

/**
 * Whole layers take part where the network has one that can go.
 * @param model the policy alone (`policyOnly`)
 * @throws those of `checkSpace`, and NoRemovableLayerError where layers are all that the space has
 */
export function planSearch({ space, target, trials, seed }: SearchRecipe, model: PolicyModel): Plan {
  checkSpace(space);
  const network = { ...model, network: model.description.network };
  if (space.granularities.every((name) => name === layer.id)) checkRemovable(network);
  const canGo = hiddenLayers(network).some(({ obstacle }) => obstacle === null);
  const possible = combinationsOf(space, network);
  const searched = ({ id }: { readonly id: string }): boolean =>
    id === layer.id ? canGo : hasLadder(id) || (id === hybrid.id && target.kind === 'return');
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
