// `secateur train --seeds 3`: the runs side by side, then what they came to, one by one and together.
import type { CurvePoint, MeanOverSeeds } from '../../contract/interval-over-seeds.ts';
import type { TrainRecipe } from '../../contract/recipe.ts';
import { RelayedError } from '../../contract/secateur-error.ts';
import { formatCount, formatSignificant, formatWithInterval } from '../../services/report/numbers.ts';
import { RunGroup } from '../../services/run-group.ts';
import type { Services } from '../../services/services.ts';
import { trainSeeds, type SeedsOutcome } from '../../services/train-seeds.ts';
import { signalling } from './run-with-signals.ts';
import { SeedsDisplay } from './seeds-display.ts';
import { print, printJson, renderTable } from './table.ts';
import { outputMode, RunDisplay } from './terminal.ts';

/** Of the learning curve, in a summary. */
const MOST_ROWS = 10;

const withInterval = ({ mean, interval }: MeanOverSeeds): string =>
  interval === null ? formatSignificant(mean, 4) : formatWithInterval(mean, interval);

/** Evenly, the last one always. */
function rowsOf(curve: readonly CurvePoint[]): readonly CurvePoint[] {
  const every = Math.ceil(curve.length / MOST_ROWS);
  return curve.filter((_, i) => (curve.length - 1 - i) % every === 0);
}

export function seedsLines({ outcomes, test, curve }: SeedsOutcome): string[] {
  if (test === null) return [];
  const runs = outcomes.map(({ seed, outcome }) => [
    String(seed),
    formatWithInterval(outcome.validation.summary.mean, outcome.validation.summary.meanInterval),
    formatWithInterval(outcome.test.summary.mean, outcome.test.summary.meanInterval),
    outcome.last === null
      ? '–'
      : formatWithInterval(outcome.last.test.summary.mean, outcome.last.test.summary.meanInterval),
    outcome.model.id,
  ]);
  return [
    ...renderTable(
      [
        { title: 'seed', align: 'right' },
        { title: 'validation return', align: 'right' },
        { title: 'test return', align: 'right' },
        { title: 'last step', align: 'right' },
        { title: 'stored as' },
      ],
      runs,
    ),
    '',
    `mean of ${outcomes.length} seeds on test episodes: ${withInterval(test)}`,
    ...(outcomes.length === 1 ? [] : ['with the 95 % interval of Student over the seeds, not over episodes']),
    ...(curve.length === 0
      ? []
      : [
          '',
          ...renderTable(
            [
              { title: 'steps', align: 'right' },
              { title: 'validation return, mean over the seeds', align: 'right' },
            ],
            rowsOf(curve).map((point) => [formatCount(point.step), withInterval(point)]),
          ),
        ]),
    ...(outcomes.some(({ outcome }) => outcome.stopped)
      ? ['', 'training was stopped early; these are the best policies until then']
      : []),
  ];
}

/** @throws RelayedError the first problem, after what was finished has been printed */
export async function trainForSeeds(
  services: Services,
  recipe: TrainRecipe,
  { seeds: count, jobs, json }: { readonly seeds: number; readonly jobs: number; readonly json: boolean },
): Promise<void> {
  const seeds = Array.from({ length: count }, (_, i) => recipe.seed + i);
  const display = new RunDisplay(outputMode(json));
  const shown = new SeedsDisplay(display, { seeds, steps: recipe.steps, json });
  const group = new RunGroup(jobs);
  const outcome = await signalling(display, group, () =>
    trainSeeds(services, recipe, seeds, group, (seed, event) => {
      shown.show(seed, event);
    }),
  );
  const { outcomes, failures } = outcome;
  if (outcomes.length > 0) {
    if (json) printJson(outcome);
    else print(seedsLines(outcome));
  }
  // Whoever stops early wants what there is; seeds that had not begun are no failure then.
  const real = failures.filter(({ problem }) => problem.kind !== 'cancelled' || outcomes.length === 0);
  for (const { seed, problem } of failures) display.warn(`seed ${seed}: ${problem.message}`);
  if (real.length > 0) throw new RelayedError(real[0]!.problem);
}
