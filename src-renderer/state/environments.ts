// What the host knows of an environment.
import {
  environmentName,
  environmentOptions,
  type EnvironmentOptions,
} from '../../src-main/contract/environment-id.ts';
import { isGymnasiumId } from '../../src-main/contract/gymnasium-id.ts';
import { SecateurError } from '../../src-main/contract/secateur-error.ts';
import { host } from './host.svelte.ts';

/** Width over height of the environment's picture; undefined while nobody knows. */
export function sceneShapeOf(environmentId: string | null): number | undefined {
  const environments = host.catalogue?.environments;
  // An environment with options looks as it does without; what Python has is known by its whole name.
  const found = [environmentId, environmentId === null ? null : environmentName(environmentId)]
    .map((name) => environments?.find(({ id }) => id === name))
    .find((known) => known !== undefined);
  // What Python draws is known with its first picture.
  if (found?.scene == null) return undefined;
  const { left, right, top, bottom } = found.scene.bounds;
  return (right - left) / (top - bottom);
}

/** An environment as it is asked for; null where its options cannot be. What Python has is known by its whole name. */
export function readEnvironment(id: string): { readonly name: string; readonly options: EnvironmentOptions } | null {
  if (isGymnasiumId(id)) return { name: id, options: {} };
  try {
    return { name: environmentName(id), options: environmentOptions(id) };
  } catch (error) {
    if (error instanceof SecateurError) return null;
    throw error;
  }
}
