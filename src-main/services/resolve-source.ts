// What a person means by "a model": a file, an id or the beginning of one, or a name.
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { UNASSIGNED, type Model } from '../contract/entity.ts';
import type { Source } from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import type { Store } from '../store/store.ts';

export class ModelNotFoundError extends SecateurError {
  readonly kind = 'not-found';

  /** @param looked for what: "file or model". */
  constructor(text: string, looked: string) {
    super(`there is no ${looked} "${text}"`, 'See `secateur list` for what the store has.');
  }
}

export class AmbiguousModelError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(text: string, models: readonly Model[]) {
    super(
      `"${text}" fits ${models.length} models`,
      `Give the id: ${models.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
    );
  }
}

/** A normaliser belongs into a model when it is imported; afterwards it cannot be given. */
export class NormalizerOfStoredModelError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(model: Model) {
    super(
      `"${model.name}" is a model of the store, which has its normaliser already or needs none`,
      'Leave out the normaliser, or give the file that the model came from.',
    );
  }
}

export class EnvironmentUnknownError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string) {
    super(
      `the environment of "${what}" is not known`,
      'Name it, for example with --env CartPole-v1, or prune on what the policy has met: --observations FILE.',
    );
  }
}

/** Every model of the store that is not deleted. */
export function allModels(store: Store): Model[] {
  return store.projects.list().flatMap((project) => store.models.list(project.id));
}

/**
 * By id or name, or by the beginning of one of them.
 * @throws ModelNotFoundError, AmbiguousModelError
 */
export function findModel(store: Store, text: string, looked = 'model'): Model {
  const models = allModels(store);
  const exact = models.filter((model) => model.id === text || model.name === text);
  const found =
    exact.length > 0 ? exact : models.filter((model) => model.id.startsWith(text) || model.name.startsWith(text));
  const [model] = found;
  if (model === undefined) throw new ModelNotFoundError(text, looked);
  if (found.length > 1) throw new AmbiguousModelError(text, found);
  return model;
}

/**
 * A file where there is one of that name, else a model of the store.
 * @throws ModelNotFoundError, AmbiguousModelError, NormalizerOfStoredModelError
 */
export function resolveSource(store: Store, text: string, normalizer?: string): Source {
  if (existsSync(text)) {
    return { kind: 'file', path: resolve(text), normalizer: normalizer === undefined ? null : resolve(normalizer) };
  }
  const model = findModel(store, text, 'file or model');
  if (normalizer !== undefined) throw new NormalizerOfStoredModelError(model);
  return { kind: 'model', id: model.id };
}

/**
 * The environment that is named, or that of the model's project, or the one whose id is part of the file's name.
 * @param known ids to look for in the file's name
 * @throws EnvironmentUnknownError
 */
export function environmentOf(
  store: Store,
  source: Source,
  named: string | undefined,
  known: readonly string[],
): string {
  if (named !== undefined) return named;
  if (source.kind === 'model') {
    const model = store.models.get(source.id);
    const { environmentId } = store.projects.get(model.projectId);
    if (environmentId === UNASSIGNED) throw new EnvironmentUnknownError(model.name);
    return environmentId;
  }
  const file = basename(source.path);
  const guess = known.find((id) => file.includes(id));
  if (guess === undefined) throw new EnvironmentUnknownError(file);
  return guess;
}
