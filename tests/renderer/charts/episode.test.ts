// An episode at any moment: the recorded pictures at whole steps, everything on its way between them.
import { describe, expect, it } from 'vitest';
import { outputRange, returnUntil, sceneAt, type DrawableEpisode } from '../../../src-renderer/charts/episode.ts';

const circle = (x: number) => ({ kind: 'circle', center: [x, 1], radius: 1 + x, role: 'body' }) as const;
const line = (x: number) =>
  ({ kind: 'line', points: [[0, 0], [x, 2 * x]], width: 1, role: 'accent' }) as const; // prettier-ignore
const still = { kind: 'polygon', points: [[0, 0], [1, 0], [1, 1]], role: 'ground' } as const; // prettier-ignore
const arrow = { kind: 'polygon', points: [[5, 5], [6, 6], [7, 5]], role: 'goal' } as const; // prettier-ignore

const episode: DrawableEpisode = {
  environment: 'Test-v0',
  seed: 3,
  stepsPerSecond: 10,
  bounds: { left: 0, right: 4, bottom: 0, top: 2 },
  shapes: [still, circle(0), line(0), circle(2), line(4), arrow],
  frames: [
    [0, 1, 2],
    [0, 3, 4],
    [0, 3, 4, 5],
  ],
  actions: [1, 0],
  rewards: [1.5, -0.5],
  outputs: [
    [0.25, 0.75],
    [2, -3],
  ],
  outputKind: 'action values',
  end: 'truncated',
};

describe('the picture', () => {
  it.each([0, 1, 2])('at step %d is the recorded one', (step) => {
    expect(sceneAt(episode, step)).toEqual({
      bounds: episode.bounds,
      shapes: episode.frames[step]!.map((index) => episode.shapes[index]),
    });
  });

  it('between two steps has everything on its way, and what stands still where it was', () => {
    const { shapes } = sceneAt(episode, 0.25);
    expect(shapes[0]).toBe(still);
    expect(shapes[1]).toEqual(circle(0.5));
    expect(shapes[2]).toEqual(line(1));
  });

  it('is the earlier one where the later has other shapes', () => {
    expect(sceneAt(episode, 1.5).shapes).toEqual([still, circle(2), line(4)]);
  });

  it('beyond the end is the last one', () => {
    expect(sceneAt(episode, 99)).toEqual(sceneAt(episode, 2));
  });
});

it('figures are of what has been played', () => {
  expect([0, 1, 2, 9].map((steps) => returnUntil(episode, steps))).toEqual([0, 1.5, 1, 1]);
  expect(outputRange(episode)).toEqual([-3, 2]);
  expect(outputRange({ ...episode, outputs: [] })).toEqual([0, 0]);
});
