// The runs that a training run is to be seen together with: those of the same recipe with other seeds.
import type { Run } from '../contract/entity.ts';
import { trainRecipeSchema } from '../contract/recipe.ts';
import { seedGroupOf } from '../contract/seed-group.ts';
import type { Store } from '../store/store.ts';

function groupOf({ recipe }: Run): string | null {
  const read = trainRecipeSchema.safeParse(recipe).data;
  return read === undefined ? null : seedGroupOf(read);
}

/** One for each seed, by seed: the newest, but the run itself for its own. None for a run that is no training. */
export function seedRuns({ runs }: Store, run: Run): Run[] {
  const group = groupOf(run);
  if (group === null) return [];
  const bySeed = new Map<number, Run>();
  for (const other of runs.list(run.projectId)) if (groupOf(other) === group) bySeed.set(other.seed, other);
  bySeed.set(run.seed, run);
  return [...bySeed.values()].sort((a, b) => a.seed - b.seed);
}
