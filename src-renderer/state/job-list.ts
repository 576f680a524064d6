// Runs as a list of jobs: which belong together, and what can be asked of each.
import type { RunItem } from '../../src-main/contract/api/runs.ts';
import { readRun, standingOf, type RunStanding } from './run-facts.ts';

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

/** How many seeds the recipe of each run was trained with, by the run's id; runs that are no training are left out. */
export function seedCounts(items: readonly RunItem[]): ReadonlyMap<string, number> {
  const grouped = items.flatMap(({ run }) => {
    const { seedGroup } = readRun(run);
    return seedGroup === null ? [] : [{ run, group: `${run.projectId} ${seedGroup}` }];
  });
  const seeds = new Map<string, Set<number>>();
  for (const { run, group } of grouped) seeds.set(group, (seeds.get(group) ?? new Set()).add(run.seed));
  return new Map(grouped.map(({ run, group }) => [run.id, seeds.get(group)!.size]));
}
