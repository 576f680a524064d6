import { expect, it } from 'vitest';
import { MOST_SEEDS, readSeeds } from '../../../src-renderer/state/seed-list.ts';

it.each([
  ['0', [0]],
  ['7, 3;3  5', [3, 5, 7]],
  ['0-4', [0, 1, 2, 3, 4]],
  ['10–12, 1', [1, 10, 11, 12]],
  [`0-${MOST_SEEDS - 1}`, Array.from({ length: MOST_SEEDS }, (_, seed) => seed)],
])('%s', (text, seeds) => {
  expect(readSeeds(text)).toEqual(seeds);
});

it.each(['', ' ', '-1', '1.5', 'one', '4-1', `0-${MOST_SEEDS}`, '0-1000000000000', '99999999999999999999', '1e3'])(
  '"%s" is no list of seeds',
  (text) => {
    expect(readSeeds(text)).toBeNull();
  },
);
