// Runs: started, followed, paused, ended; what a page missed is read from the store.
import type { Handlers } from '../../contract/api/api.ts';
import { MOST_AT_ONCE, type RunDetail, type RunItem, type SeedRun, type runChannels } from '../../contract/api/runs.ts';
import type { Run } from '../../contract/entity.ts';
import { recipeSchema, type Recipe } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { checkRecipeInWorker } from '../check-recipe.ts';
import { seedRuns } from '../seed-runs.ts';
import type { HandlerContext } from './handler-context.ts';

/** A page names models of the store; what it brings as files it imports first. */
export class SourceNotStoredError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string) {
    super(`the recipe names the file "${path}"`, 'Import the file first, and name the model that it became.');
  }
}

/** A page names no file on the host's disk. */
export class ObservationsOnDiskError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string) {
    super(
      `the recipe names the observations "${path}"`,
      'Give the file in the first step of pruning, or start the recipe from the command line: secateur run recipe.json.',
    );
  }
}

function checkSources(recipe: Recipe): void {
  if (recipe.kind === 'train') return;
  if (recipe.kind === 'prune' && recipe.basis === 'observations' && recipe.observations.kind === 'file') {
    throw new ObservationsOnDiskError(recipe.observations.path);
  }
  const sources = [recipe.source, ...(recipe.kind === 'evaluate' && recipe.baseline !== null ? [recipe.baseline] : [])];
  for (const source of sources) if (source.kind === 'file') throw new SourceNotStoredError(source.path);
}

export function runHandlers({ services, board }: HandlerContext): Handlers<keyof typeof runChannels> {
  const { store } = services;
  const item = (run: Run): RunItem => ({
    run,
    activity: board.activityOf(run.id),
    progress: board.progressOf(run.id),
  });
  const detail = (run: Run): RunDetail => {
    const recipe = recipeSchema.safeParse(run.recipe).data ?? null;
    const source = recipe === null || recipe.kind === 'train' ? null : recipe.source;
    return {
      ...item(run),
      recipe,
      // Of a file that the command line imported the store knows no more than the recipe.
      source: source?.kind === 'model' ? store.models.get(source.id) : null,
      outcome: store.outcomes.get(run.id),
      metricNames: store.metrics.names(run.id),
      resumable: run.status === 'interrupted' && (run.kind === 'search' || store.checkpoints.list(run.id).length > 0),
    };
  };
  const seedRun = (run: Run): SeedRun => {
    const outcome = store.outcomes.get(run.id);
    if (outcome?.kind !== 'train') return { ...item(run), made: null };
    const { modelId, test } = outcome;
    const { mean: meanReturn, meanInterval } = test.summary;
    return { ...item(run), made: { modelId, meanReturn, meanInterval } };
  };
  return {
    'runs.list': (request) => store.runs.newest(request).map(item),
    'runs.get': ({ id }) => detail(store.runs.get(id)),
    'runs.seeds': ({ id }) => seedRuns(store, store.runs.get(id)).map(seedRun),
    'runs.start': ({ recipe }) => {
      checkSources(recipe);
      return board.start(recipe);
    },
    'runs.check': async ({ recipe }) => {
      checkSources(recipe);
      await checkRecipeInWorker(services, recipe);
      return null;
    },
    'runs.series': ({ id, name, buckets }) => store.metrics.series({ runId: id, name, buckets }),
    // One moment: nothing is written between these reads, which do not wait for anything.
    'runs.history': ({ id, buckets }) => ({
      through: store.metrics.lastSequence(id),
      series: store.metrics
        .names(id)
        .map((name) => ({ name, points: store.metrics.series({ runId: id, name, buckets }) })),
    }),
    'runs.metrics-after': ({ id, sequence }) => store.metrics.after({ runId: id, sequence, limit: MOST_AT_ONCE }),
    'runs.trials': ({ id }) => store.trials.list(id),
    'runs.log-after': ({ id, sequence }) => store.logs.after({ runId: id, sequence, limit: MOST_AT_ONCE }),
    'runs.pause': ({ id }) => {
      board.pause(id);
      return null;
    },
    'runs.continue': ({ id }) => {
      board.continue(id);
      return null;
    },
    'runs.stop': ({ id }) => {
      board.stop(id);
      return null;
    },
    'runs.cancel': ({ id }) => {
      board.cancel(id);
      return null;
    },
    'runs.resume': ({ id }) => board.resume(store.runs.get(id)),
  };
}
