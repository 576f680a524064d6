// Time passes; the player is where it should be, whatever the frames of the screen do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, REST_SECONDS } from '../../../src-renderer/state/playback.ts';

const START = { position: 0, rested: 0 };

/** Many frames, one after the other. */
function pass(frames: readonly number[], length: number, rate: number) {
  let moment = { ...START, over: false };
  for (const seconds of frames) moment = advance(moment, { seconds, length, rate });
  return moment;
}

it('what has played is time by rate, however long the frames are', () => {
  const frames = fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 100 }), (seconds, rate) => {
      const total = seconds.reduce((a, b) => a + b, 0);
      expect(pass(seconds, 1e6, rate).position).toBeCloseTo(total * rate, 6);
    }),
  );
});

describe('the end', () => {
  const frame = new Array<number>(1000).fill(1 / 60);

  it('is never passed', () => {
    expect(pass(frame, 50, 10).position).toBe(50);
  });

  it('is looked at for a while before it is over, and not longer', () => {
    // 50 steps at 10 a second: at the end after 5 s.
    const framesUntil = (seconds: number): number[] => frame.slice(0, Math.ceil(seconds * 60) + 1);
    expect(pass(framesUntil(5 + REST_SECONDS - 0.1), 50, 10).over).toBe(false);
    expect(pass(framesUntil(5 + REST_SECONDS), 50, 10).over).toBe(true);
  });

  it('of nothing at all is there at once', () => {
    expect(advance(START, { seconds: 0, length: 0, rate: 50 })).toMatchObject({ position: 0, over: false });
  });
});

it('a page that was out of sight for an hour goes on nearly where it was', () => {
  expect(advance(START, { seconds: 3600, length: 500, rate: 50 }).position).toBeLessThan(20);
});
