import type { SeedRange } from '../../contract/evaluation.ts';
import { seedOfEpisode } from '../evaluation/seeds.ts';

/** Hands out the seeds of training episodes one after the other. */
export function trainingSeeds(range: SeedRange): () => number {
  let episode = 0;
  return () => seedOfEpisode(range, episode++);
}
