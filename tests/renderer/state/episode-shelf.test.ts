// Episodes are brought once, a few at a time, and ahead of time.
import { expect, it } from 'vitest';
import type { Played } from '../../../src-main/contract/api/episodes.ts';
import type { RecordedEpisode } from '../../../src-main/contract/episode.ts';
import { EpisodeShelf } from '../../../src-renderer/state/episode-shelf.ts';

const episode = (seed: number): RecordedEpisode => ({
  environment: 'CartPole-v1',
  seed,
  stepsPerSecond: 50,
  bounds: { left: 0, right: 1, bottom: 0, top: 1 },
  shapes: [],
  frames: [[]],
  actions: [],
  rewards: [],
  outputs: [],
  outputKind: 'logits',
  end: 'terminated',
});

/** Answers with so many episodes from the seed on. */
function shelf(batch: number, step: number | null = null) {
  const asked: number[] = [];
  const ask = (seed: number): Promise<Played> => {
    asked.push(seed);
    return Promise.resolve({ step, episodes: Array.from({ length: batch }, (_, i) => episode(seed + i)) });
  };
  return { shelf: new EpisodeShelf(ask), asked };
}

it('what came with another is not asked for again', async () => {
  const { shelf: episodes, asked } = shelf(3, 7);
  expect((await episodes.get(10))?.episode.seed).toBe(10);
  expect(await episodes.get(12)).toMatchObject({ episode: { seed: 12 }, policyStep: 7 });
  await episodes.get(13);
  expect(asked).toEqual([10, 13]);
});

it('two who want the same at once ask once', async () => {
  const { shelf: episodes, asked } = shelf(1);
  await Promise.all([episodes.fetch(4), episodes.get(4), episodes.get(4)]);
  expect(asked).toEqual([4]);
});

it('what was watched is let go', async () => {
  const { shelf: episodes, asked } = shelf(4);
  await episodes.get(0);
  episodes.keepFrom(2);
  expect([0, 1, 2, 3].map((seed) => episodes.find(seed) !== null)).toEqual([false, false, true, true]);
  await episodes.get(1);
  expect(asked).toEqual([0, 1]);
});

it('where there is nothing to be seen there is nothing, and a failure is asked again', async () => {
  const answers = [
    () => Promise.resolve(null),
    () => Promise.reject(new Error('host gone')),
    () => Promise.resolve({ step: null, episodes: [episode(0)] }),
  ];
  const episodes = new EpisodeShelf(() => answers.shift()!());
  expect(await episodes.get(0)).toBeNull();
  await expect(episodes.get(0)).rejects.toThrow('host gone');
  expect((await episodes.get(0))?.episode.seed).toBe(0);
});
