// States that a policy visits: what two policies are compared on, and what a pruned one is taught on.
import { sizeOf } from '../networks/shapes.ts';
import type { Random } from '../random/random.ts';
import { runEpisodes, type EpisodesOptions } from './run-episodes.ts';

export interface CollectOptions extends Omit<EpisodesOptions, 'observe'> {
  readonly maxStates: number;
  readonly random: Random;
}

/**
 * A uniform sample, without replacement, of the states visited in the episodes of `seeds`: reservoir sampling (Vitter
 * 1985, algorithm R), so late states are as likely as early ones.
 * @returns [states, observationSize] with at most `maxStates` rows; all of them when fewer were visited.
 * @throws EvaluationStoppedError
 */
export function collectStates({ maxStates, random, ...episodes }: CollectOptions): Float32Array {
  const size = sizeOf(episodes.environment.observationSpace.shape);
  const reservoir = new Float32Array(maxStates * size);
  let visited = 0;
  runEpisodes({
    ...episodes,
    observe(observations, count) {
      for (let row = 0; row < count; row++) {
        const place = visited < maxStates ? visited : random.integer(visited + 1);
        visited++;
        if (place >= maxStates) continue;
        for (let i = 0; i < size; i++) reservoir[place * size + i] = observations[row * size + i]!;
      }
    },
  });
  return visited < maxStates ? reservoir.slice(0, visited * size) : reservoir;
}
