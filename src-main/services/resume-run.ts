// An interrupted run goes on as if it had never ended: training from its last checkpoint, a search with what it has tried.
import type { Run } from '../contract/entity.ts';
import { recipeSchema } from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { ArtifactCorruptError } from '../store/artifact-corrupt-error.ts';
import type { Store } from '../store/store.ts';
import type { RunControl } from './run-control.ts';
import { runSearch, type SearchOutcome } from './run-search.ts';
import { runTrain, type ResumePoint, type TrainOutcome } from './run-train.ts';
import type { Services, Watch } from './services.ts';

export class RunNotFoundError extends SecateurError {
  readonly kind = 'not-found';

  constructor(text: string) {
    super(`there is no run "${text}"`, 'See `secateur list --runs`.');
  }
}

export class CannotResumeError extends SecateurError {
  readonly kind = 'refused';

  constructor(run: Run, why: string) {
    super(
      `the ${run.kind} run ${run.id} cannot be resumed: ${why}`,
      'Run its recipe again; `secateur show` prints it.',
    );
  }
}

/** The newest checkpoint that is whole. @throws CannotResumeError */
async function resumePointOf(store: Store, run: Run): Promise<ResumePoint> {
  for (const { sequence, artifactHash } of store.checkpoints.list(run.id)) {
    try {
      return { run, sequence, bytes: await store.artifacts.get(artifactHash) };
    } catch (error) {
      if (!(error instanceof ArtifactCorruptError)) throw error;
    }
  }
  throw new CannotResumeError(run, 'it has no checkpoint');
}

/** @throws CannotResumeError and what training or a search throws */
export async function resumeRun(
  services: Services,
  run: Run,
  control: RunControl,
  watch: Watch,
): Promise<TrainOutcome | SearchOutcome> {
  if (run.status !== 'interrupted') throw new CannotResumeError(run, `it is ${run.status}`);
  const recipe = recipeSchema.parse(run.recipe);
  if (recipe.kind === 'search') return runSearch(services, recipe, control, watch, run);
  if (recipe.kind !== 'train') throw new CannotResumeError(run, 'only training and searches keep what they have done');
  return runTrain(services, recipe, control, watch, await resumePointOf(services.store, run));
}
