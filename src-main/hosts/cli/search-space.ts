// What a search tries of what a person left open: nothing that does not go with what was said.
import type { Catalogue } from '../../contract/catalogue.ts';
import type { SearchSpace } from '../../contract/recipe.ts';

type Space = Pick<SearchSpace, 'granularities' | 'criteria' | 'allocations'>;

/**
 * Granularities and criteria as they were given; of those that are only defaults, the ones that go with the rest. Where
 * nothing does they stay, for the engine to say why.
 * @param isOpen whether the person left the choice open
 */
export function whatFits(
  { granularities, criteria, allocations }: Space,
  isOpen: (choice: 'granularities' | 'criteria') => boolean,
  known: Catalogue['criteria'],
): Pick<Space, 'granularities' | 'criteria'> {
  // One pattern stands for all of them; names that nobody knows are not left out.
  const ranks = (criterion: string, granularity: string): boolean =>
    known.find(({ id }) => id === criterion)?.granularities.includes(granularity.includes(':') ? '2:4' : granularity) ??
    true;
  // Whole layers are in one ranking: there is nothing that another allocation could spread.
  const spreads = (granularity: string): boolean => granularity !== 'layer' || allocations.includes('global');
  const orAll = (fitting: readonly string[], all: readonly string[]): readonly string[] =>
    fitting.length > 0 ? fitting : all;

  const pieces = isOpen('granularities')
    ? orAll(
        granularities.filter((piece) => spreads(piece) && criteria.some((criterion) => ranks(criterion, piece))),
        granularities,
      )
    : granularities;
  const rankings = isOpen('criteria')
    ? orAll(
        criteria.filter((criterion) => pieces.some((piece) => ranks(criterion, piece))),
        criteria,
      )
    : criteria;
  return { granularities: pieces, criteria: rankings };
}
