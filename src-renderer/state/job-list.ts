// Runs as a list of jobs: which belong together, and what can be asked of each.
import type { RunItem } from '../../src-main/contract/api/runs.ts';
import { standingOf, type RunStanding } from './run-facts.ts';

export const jobFilters = ['all', 'active', 'finished', 'failed'] as const;
export type JobFilter = (typeof jobFilters)[number];

/** What can be asked of a run. */
export const jobActions = ['pause', 'continue', 'stop', 'cancel', 'resume', 'again'] as const;
export type JobAction = (typeof jobActions)[number];

/** What was cancelled is among all of them only: it neither failed nor finished. */
export function belongs(item: RunItem, filter: JobFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'active':
      return item.run.status === 'queued' || item.run.status === 'running';
    case 'finished':
      return item.run.status === 'finished';
    case 'failed':
      return item.run.status === 'failed' || item.run.status === 'interrupted';
  }
}

const possible: Readonly<Record<RunStanding, readonly JobAction[]>> = {
  waiting: ['cancel'],
  going: ['pause', 'stop', 'cancel'],
  pausing: ['continue', 'stop', 'cancel'],
  paused: ['continue', 'stop', 'cancel'],
  stopping: ['cancel'],
  cancelling: [],
  elsewhere: [],
  finished: [],
  failed: ['again'],
  cancelled: ['again'],
  interrupted: ['again'],
};

/** Only training leaves checkpoints to go on from. */
export function actionsOf(item: RunItem): readonly JobAction[] {
  const { status, kind } = item.run;
  return status === 'interrupted' && kind === 'train' ? ['resume', 'again'] : possible[standingOf(item)];
}
