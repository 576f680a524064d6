// A file that a person dropped or chose becomes a model, for the environment that it belongs to.
import type { CheckedRequestOf } from '../contract/api/api.ts';
import type { Imported } from '../contract/api/models.ts';
import type { Catalogue } from '../contract/catalogue.ts';
import { UNASSIGNED } from '../contract/entity.ts';
import { DEFAULT_SEED_RANGES } from '../contract/evaluation.ts';
import type { JobResult } from '../contract/job.ts';
import type { ModelDescription } from '../contract/model.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import type { EvaluateRecipe } from '../contract/recipe.ts';
import { loadCatalogue } from './catalogue.ts';
import { findImported, fingerprint, projectOf, titleOf } from './imported-models.ts';
import type { Services } from './services.ts';
import { storeModel } from './store-model.ts';

/** Neither the file's name nor the network's shape says which environment an agent was trained in. */
export class EnvironmentUndecidedError extends SecateurError {
  readonly kind = 'bad-input';
  /** The environments that fit, and none. */
  override readonly choices: readonly string[];

  constructor(fileName: string, fitting: readonly string[]) {
    super(
      `"${fileName}" does not say which environment it was trained in`,
      fitting.length > 0
        ? `Choose the environment: its network fits ${fitting.join(', ')}.`
        : 'Its network fits none of the environments that Secateur has. Without one it can be pruned on what it has met: ' +
            'a file of observations.',
    );
    this.choices = [...fitting, UNASSIGNED];
  }
}

type KnownEnvironment = Catalogue['environments'][number];

function fits(environment: KnownEnvironment, { network, actionSpace }: ModelDescription): boolean {
  const [own, other] = [environment.actionSpace, actionSpace];
  const sameActions =
    own.kind === 'discrete'
      ? other.kind === 'discrete' && own.n === other.n
      : other.kind === 'box' && own.shape.join() === other.shape.join();
  return sameActions && environment.observation.join() === network.input.shape.join();
}

/** @throws EnvironmentUndecidedError */
function environmentFor(fileName: string, description: ModelDescription, known: Catalogue['environments']): string {
  const named = known.find(({ id }) => fileName.includes(id));
  if (named !== undefined) return named.id;
  const fitting = known.filter((environment) => fits(environment, description)).map(({ id }) => id);
  if (fitting.length !== 1) throw new EnvironmentUndecidedError(fileName, fitting);
  return fitting[0]!;
}

/** What a model is checked against before it is stored: that it can play there. */
function playing(environment: string): EvaluateRecipe {
  const source = { kind: 'file', path: '-', normalizer: null } as const;
  const seeds = DEFAULT_SEED_RANGES;
  return {
    kind: 'evaluate',
    version: 1,
    seed: 0,
    backend: 'auto',
    source,
    baseline: null,
    environment,
    seeds,
    purpose: 'test',
  };
}

/**
 * Nothing is stored before the file has proven to be a model that fits; one that is known already is found again.
 * @throws EnvironmentUndecidedError, ModelDoesNotFitError, UnknownNameError, and the errors of the file's format
 */
export async function importModel(services: Services, request: CheckedRequestOf<'models.import'>): Promise<Imported> {
  const { store, jobHost } = services;
  const { file, normalizer, environment } = request;
  const sha256 = fingerprint(file, normalizer);
  const known = findImported(services, sha256, environment);
  if (known !== undefined) {
    return {
      model: known,
      project: store.projects.get(known.projectId),
      notes: known.source?.notes ?? [],
      known: true,
    };
  }
  const read = async (fitted: string | null): Promise<Extract<JobResult, { kind: 'import' }>> => {
    const recipe = fitted === null || fitted === UNASSIGNED ? null : playing(fitted);
    const result = await jobHost.start({ kind: 'import', file, normalizer, recipe }, () => undefined).result;
    if (result.kind !== 'import') throw new TypeError(`an import job answered with a ${result.kind} result`);
    return result;
  };
  let result = await read(environment);
  let chosen = environment;
  if (chosen === null) {
    const { environments } = await loadCatalogue(jobHost);
    chosen = environmentFor(file.name, result.model.description, environments);
    // A name is a claim: whether the model fits is still to be seen.
    result = await read(chosen);
  }
  const project = projectOf(services, chosen);
  const model = await storeModel(services, {
    projectId: project.id,
    name: titleOf(file.name),
    parentId: null,
    runId: null,
    model: result.model,
    source: { fileName: file.name, sha256, notes: result.notes },
  });
  return { model, project, notes: result.notes, known: false };
}
