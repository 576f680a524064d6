// The same training for several seeds, over as many processes as are allowed: what came of it, run by run and together.
import { join } from 'node:path';
import { meanCurve, meanOverSeeds, type CurvePoint, type MeanOverSeeds } from '../contract/interval-over-seeds.ts';
import { METRIC } from '../contract/metric-names.ts';
import type { TrainRecipe } from '../contract/recipe.ts';
import { toProblem, type Problem } from '../contract/secateur-error.ts';
import type { RunGroup } from './run-group.ts';
import { runTrain, type TrainOutcome } from './run-train.ts';
import type { RunEvent, Services } from './services.ts';

export interface SeedOutcome {
  readonly seed: number;
  readonly outcome: TrainOutcome;
}

export interface SeedFailure {
  readonly seed: number;
  readonly problem: Problem;
}

export interface SeedsOutcome {
  readonly kind: 'train-seeds';
  readonly outcomes: readonly SeedOutcome[];
  readonly failures: readonly SeedFailure[];
  /** Over the runs, of the mean return on test episodes; null when none was finished. */
  readonly test: MeanOverSeeds | null;
  /** Over the runs, of the mean return on validation episodes. */
  readonly curve: readonly CurvePoint[];
}

/** The recipe for one of several seeds: what it exports goes into a folder of its own. */
export function recipeOfSeed(recipe: TrainRecipe, seed: number): TrainRecipe {
  const { export: destination } = recipe;
  if (destination === null) return { ...recipe, seed };
  return { ...recipe, seed, export: { ...destination, folder: join(destination.folder, `seed-${seed}`) } };
}

function curveOf({ store }: Services, { outcome }: SeedOutcome): Map<number, number> {
  const { runId } = outcome.model;
  const points = runId === null ? [] : store.metrics.series({ runId, name: METRIC.validationReturn });
  return new Map(points.flatMap(({ step, value }) => (value === null ? [] : [[step, value] as const])));
}

/**
 * A run that fails leaves the others alone.
 * @param group says how many compute at a time
 */
export async function trainSeeds(
  services: Services,
  recipe: TrainRecipe,
  seeds: readonly number[],
  group: RunGroup,
  watch: (seed: number, event: RunEvent) => void,
): Promise<SeedsOutcome> {
  const ends = await Promise.allSettled(
    seeds.map((seed) =>
      group.join((control) =>
        runTrain(services, recipeOfSeed(recipe, seed), control, (event) => {
          watch(seed, event);
        }),
      ),
    ),
  );
  const outcomes: SeedOutcome[] = [];
  const failures: SeedFailure[] = [];
  for (const [i, end] of ends.entries()) {
    const seed = seeds[i]!;
    if (end.status === 'fulfilled') outcomes.push({ seed, outcome: end.value });
    else failures.push({ seed, problem: toProblem(end.reason) });
  }
  return {
    kind: 'train-seeds',
    outcomes,
    failures,
    test: outcomes.length === 0 ? null : meanOverSeeds(outcomes.map(({ outcome }) => outcome.test.summary.mean)),
    curve: meanCurve(outcomes.map((each) => curveOf(services, each))),
  };
}
