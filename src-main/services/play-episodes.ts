// Episodes to be watched, of a model of the store or of what a run has at this moment; nothing of it is stored.
import type { CheckedRequestOf } from '../contract/api/api.ts';
import type { Played } from '../contract/api/episodes.ts';
import { environmentIn, recipeSchema } from '../contract/recipe.ts';
import type { RunBoard } from './run-board.ts';
import type { Services } from './services.ts';

/** A few seconds to watch; an agent that fails at once is seen to fail more than once. */
const ENOUGH_STEPS = 100;
/** Where episodes are longer, their beginning has to do. */
const MOST_STEPS = 5000;

interface Policy {
  readonly bytes: Uint8Array;
  readonly step: number | null;
  readonly environment: string;
}

async function policyOfModel({ store }: Services, id: string): Promise<Policy> {
  const model = store.models.get(id);
  const bytes = await store.artifacts.get(model.artifactHash);
  return { bytes, step: null, environment: store.projects.get(model.projectId).environmentId };
}

async function policyOfRun({ store }: Services, board: RunBoard, id: string): Promise<Policy | null> {
  const run = store.runs.get(id);
  const recipe = recipeSchema.safeParse(run.recipe).data;
  const environment =
    (recipe === undefined ? null : environmentIn(recipe)) ?? store.projects.get(run.projectId).environmentId;
  const policy = await board.policyOf(id);
  return policy === null ? null : { ...policy, environment };
}

/** @throws RecordNotFoundError, UnknownNameError, ModelDoesNotFitError */
export async function playEpisodes(
  services: Services,
  board: RunBoard,
  request: CheckedRequestOf<'episodes.play'>,
): Promise<Played | null> {
  const { player, seed, episodes: most } = request;
  const policy =
    player.kind === 'model' ? await policyOfModel(services, player.id) : await policyOfRun(services, board, player.id);
  if (policy === null) return null;
  const { bytes: model, step, environment } = policy;
  const job = {
    kind: 'episodes',
    model,
    environment,
    first: seed,
    most,
    enoughSteps: ENOUGH_STEPS,
    mostSteps: MOST_STEPS,
  } as const;
  const result = await services.jobHost.start(job, () => undefined).result;
  if (result.kind !== 'episodes') throw new TypeError(`an episodes job answered with a ${result.kind} result`);
  return { step, episodes: result.episodes };
}
