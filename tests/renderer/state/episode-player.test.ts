// Episodes are brought for as long as somebody looks, and no longer.
import { beforeEach, expect, it, vi } from 'vitest';
import type { RecordedEpisode } from '../../../src-main/contract/episode.ts';
import { EpisodePlayer } from '../../../src-renderer/state/episode-player.svelte.ts';

const asked = vi.hoisted(() => [] as { seed: number; answer: (played: unknown) => void }[]);
vi.mock('../../../src-renderer/bridge/bridge.ts', () => ({
  call: (_: string, { seed }: { seed: number }) =>
    new Promise((resolve) => {
      asked.push({ seed, answer: resolve });
    }),
}));

const episode = (seed: number): RecordedEpisode => ({
  environment: 'CartPole-v1',
  seed,
  stepsPerSecond: 50,
  bounds: { left: 0, right: 1, bottom: 0, top: 1 },
  shapes: [],
  frames: [[], []],
  actions: [0],
  rewards: [1],
  outputs: [[0, 1]],
  outputKind: 'logits',
  end: 'terminated',
});
/** Answers the question asked last, and lets all that waits for it go on. */
async function answer(): Promise<void> {
  const { seed, answer: say } = asked.at(-1)!;
  say({ step: null, episodes: [episode(seed)] });
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
const seeds = (): number[] => asked.map(({ seed }) => seed);

let frames: FrameRequestCallback[] = [];
beforeEach(() => {
  asked.length = 0;
  frames = [];
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});

const player = (): EpisodePlayer => new EpisodePlayer([{ kind: 'model', id: 'm1' }], { firstSeed: 7 });

it('while somebody looks, the next episode is brought ahead of time', async () => {
  const end = player().run();
  await answer();
  expect(seeds()).toEqual([7, 8]);
  end();
});

it('once nobody looks any more, an answer that was on its way asks for nothing else', async () => {
  const left = player();
  left.run()();
  expect(frames).toEqual([]);
  await answer();
  expect(seeds()).toEqual([7]);
  expect(left.tracks).toEqual([null]);
});

it('whoever comes back goes on, with what came in the meantime', async () => {
  const left = player();
  left.run()();
  await answer();
  const end = left.run();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  expect(left.tracks.map((track) => track?.seed)).toEqual([7]);
  expect(seeds()).toEqual([7, 8]);
  end();
});
