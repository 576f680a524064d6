// What a person means by "a model": a file, an id or the beginning of one, or a name.
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Model } from '../contract/entity.ts';
import type { Source } from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import type { Store } from '../store/store.ts';

export class ModelNotFoundError extends SecateurError {
  readonly kind = 'not-found';

  constructor(text: string) {
    super(`there is no file and no model "${text}"`, 'See `secateur list` for the models of the store.');
  }
}

export class AmbiguousModelError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(text: string, models: readonly Model[]) {
    super(
      `"${text}" fits ${models.length} models`,
      `Give more of the id: ${models.map((model) => model.id).join(', ')}.`,
    );
  }
}

export class EnvironmentUnknownError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string) {
    super(`the environment of "${what}" is not known`, 'Name it, for example with --env CartPole-v1.');
  }
}

/** Every model of the store that is not deleted. */
export function allModels(store: Store): Model[] {
  return store.projects.list().flatMap((project) => store.models.list(project.id));
}

/** @throws ModelNotFoundError, AmbiguousModelError */
export function findModel(store: Store, text: string): Model {
  const models = allModels(store);
  const exact = models.filter((model) => model.id === text || model.name === text);
  const found = exact.length > 0 ? exact : models.filter((model) => model.id.startsWith(text));
  const [model] = found;
  if (model === undefined) throw new ModelNotFoundError(text);
  if (found.length > 1) throw new AmbiguousModelError(text, found);
  return model;
}

/**
 * A file where there is one of that name, else a model of the store.
 * @throws ModelNotFoundError, AmbiguousModelError
 */
export function resolveSource(store: Store, text: string, normalizer?: string): Source {
  if (existsSync(text)) {
    return { kind: 'file', path: resolve(text), normalizer: normalizer === undefined ? null : resolve(normalizer) };
  }
  return { kind: 'model', id: findModel(store, text).id };
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
  if (source.kind === 'model') return store.projects.get(store.models.get(source.id).projectId).environmentId;
  const file = basename(source.path);
  const guess = known.find((id) => file.includes(id));
  if (guess === undefined) throw new EnvironmentUnknownError(file);
  return guess;
}
