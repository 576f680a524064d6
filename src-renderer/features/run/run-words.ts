// What a run is called, and what it is said to be doing.
import type { RunActivity, RunDetail } from '../../../src-main/contract/api/runs.ts';
import type { Run, RunStatus } from '../../../src-main/contract/entity.ts';
import type { Messages } from '../../text/messages.ts';

type RunTexts = Messages['run'];
export type RunState = RunActivity | RunStatus;

export function titleOf({ run, recipe, source }: RunDetail, t: RunTexts): string {
  if (recipe?.kind === 'train') return t.title.train(recipe.algorithm.toUpperCase(), recipe.environment);
  const model = source?.name ?? t.title.aModel;
  switch (run.kind) {
    case 'train':
      return t.title.train('', '');
    case 'prune':
      return t.title.prune(model);
    case 'search':
      return t.title.search(model);
    case 'evaluate':
      return t.title.evaluate(model);
    case 'export':
      return t.title.export(model);
    case 'import':
      return t.title.import;
  }
}

/** What it is asked to do where it goes on here; what the store says of it otherwise. */
export function stateOf(run: Run, activity: RunActivity | null): RunState {
  const isOver = run.status !== 'queued' && run.status !== 'running';
  return isOver || activity === null ? run.status : activity;
}

export function toneOf(state: RunState): 'neutral' | 'good' | 'bad' | 'warning' | 'info' {
  switch (state) {
    case 'finished':
      return 'good';
    case 'failed':
      return 'bad';
    case 'interrupted':
    case 'paused':
    case 'pausing':
    case 'stopping':
    case 'cancelling':
      return 'warning';
    case 'going':
    case 'running':
      return 'info';
    default:
      return 'neutral';
  }
}
