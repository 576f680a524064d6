// Where a player is in something that goes on in steps: pure, so that time can be anything.

export interface PlaybackMoment {
  /** In steps, with a fraction between two of them. */
  readonly position: number;
  /** Seconds that the end has been in view. */
  readonly rested: number;
}

/** The end is looked at for so long, in seconds, before something else follows. */
export const REST_SECONDS = 0.8;

/** A page that was out of sight does not make up for it: more than this much time at once is not played, in seconds. */
const MOST_AT_ONCE = 0.25;

/**
 * The moment after so many seconds.
 * @param length steps of what plays
 * @param rate steps per second
 * @returns with whether the end has been looked at long enough
 */
export function advance(
  { position, rested }: PlaybackMoment,
  played: { readonly seconds: number; readonly length: number; readonly rate: number },
): PlaybackMoment & { readonly over: boolean } {
  const seconds = Math.min(MOST_AT_ONCE, Math.max(0, played.seconds));
  const moved = position + seconds * played.rate;
  if (moved < played.length) return { position: moved, rested: 0, over: false };
  const beyond = rested + Math.max(0, seconds - Math.max(0, played.length - position) / played.rate);
  return { position: played.length, rested: beyond, over: beyond >= REST_SECONDS };
}
