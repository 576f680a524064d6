// Which mark a run's standing has.
import type { RunStanding } from './run-facts.ts';

export type StandingLook = 'waiting' | 'going' | 'paused' | 'done' | 'failed' | 'ended' | 'broken';

const looks: Readonly<Record<RunStanding, StandingLook>> = {
  waiting: 'waiting',
  going: 'going',
  pausing: 'going',
  paused: 'paused',
  stopping: 'going',
  cancelling: 'going',
  elsewhere: 'going',
  finished: 'done',
  failed: 'failed',
  cancelled: 'ended',
  interrupted: 'broken',
};

export function lookOf(standing: RunStanding): StandingLook {
  return looks[standing];
}
