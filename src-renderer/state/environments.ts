// What the host knows of an environment.
import { host } from './host.svelte.ts';

/** Width over height of the environment's picture; undefined while nobody knows. */
export function sceneShapeOf(environmentId: string | null): number | undefined {
  const found = host.catalogue?.environments.find(({ id }) => id === environmentId);
  // What Python draws is known with its first picture.
  if (found?.scene == null) return undefined;
  const { left, right, top, bottom } = found.scene.bounds;
  return (right - left) / (top - bottom);
}
