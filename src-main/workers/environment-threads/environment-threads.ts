// The threads of a run: an environment whose worlds are stepped by all of them, and the end of them.
import type { EnvironmentDefinition } from '../../engine/environments/environment.ts';
import { LocalWorlds } from '../../engine/environments/local-worlds.ts';
import { EnvironmentThread, type ThreadOptions } from './environment-thread.ts';
import { ThreadedWorlds } from './threaded-worlds.ts';

export interface EnvironmentThreads {
  /** The same environment, to the byte. */
  readonly definition: EnvironmentDefinition;
  readonly close: () => Promise<void>;
}

/**
 * Starts threads for the environment's worlds, wherever several are stepped together.
 * @param threads that step, that of the run included
 * @throws EnvironmentThreadNotStartedError
 */
export async function openEnvironmentThreads(
  environment: EnvironmentDefinition,
  { threads, ...options }: { readonly threads: number } & Omit<ThreadOptions, 'environment'>,
): Promise<EnvironmentThreads> {
  const started = Array.from(
    { length: threads - 1 },
    () => new EnvironmentThread({ environment: environment.id, ...options }),
  );
  const close = async (): Promise<void> => {
    await Promise.all(started.map((thread) => thread.end()));
  };
  try {
    await Promise.all(started.map((thread) => thread.started()));
  } catch (error) {
    await close();
    throw error;
  }
  let opened = 0;
  const definition: EnvironmentDefinition = {
    ...environment,
    createWorlds: (slots) => {
      const parts = Math.min(threads, slots.count);
      if (parts < 2) return new LocalWorlds(environment, slots);
      return new ThreadedWorlds(started.slice(0, parts - 1), environment, slots, opened++);
    },
  };
  return { definition, close };
}
