// Three ranges of seeds that share none, so that what is reported was measured on episodes nobody has tuned on.
import type { SeedRange, SeedRanges } from '../../contract/evaluation.ts';
import { SecateurError } from '../../contract/secateur-error.ts';

const describe = ({ first, count }: SeedRange): string => `${first} to ${first + count - 1}`;

/** Two ranges with a seed in common. */
export class SeedOverlapError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(names: readonly [string, string], ranges: readonly [SeedRange, SeedRange]) {
    super(
      `the ${names[0]} seeds (${describe(ranges[0])}) and the ${names[1]} seeds (${describe(ranges[1])}) overlap`,
      'Move or shorten one of them: results on seeds that were seen before are flattered.',
    );
  }
}

/** More episodes asked for than the range has seeds. */
export class SeedsExhaustedError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(range: SeedRange, episodes: number) {
    super(
      `${episodes} episodes need more seeds than the ${range.count} of the range ${describe(range)}`,
      'Evaluate on fewer episodes, or widen the range.',
    );
  }
}

/** @throws SeedOverlapError */
export function checkDisjoint(ranges: SeedRanges): void {
  const pairs = [
    ['train', 'validation'],
    ['train', 'test'],
    ['validation', 'test'],
  ] as const;
  for (const [one, other] of pairs) {
    const a = ranges[one];
    const b = ranges[other];
    if (a.first < b.first + b.count && b.first < a.first + a.count) throw new SeedOverlapError([one, other], [a, b]);
  }
}

/**
 * The first `episodes` seeds of a range.
 * @throws SeedsExhaustedError
 */
export function takeSeeds(range: SeedRange, episodes: number): number[] {
  if (episodes > range.count) throw new SeedsExhaustedError(range, episodes);
  return Array.from({ length: episodes }, (_, i) => range.first + i);
}

/** The seed of training's episode 0, 1, 2, …: starts over at the end of the range rather than leave it. */
export function seedOfEpisode(range: SeedRange, episode: number): number {
  return range.first + (episode % range.count);
}
