// Up the rungs of a search: every trial of a rung, as many at a time as whoever makes them can; then the best go on.
import type { PruneRecipe, SearchRecipe } from '../../contract/recipe.ts';
import {
  isMeasured,
  type MeasuredTrial,
  type SearchPlan,
  type SearchReport,
  type SearchTrial,
  type TrialMeasurement,
} from '../../contract/search.ts';
import { toProblem } from '../../contract/secateur-error.ts';
import { JobAbortedError } from '../job-errors.ts';
import { promote } from './halving.ts';
import { automaticRecipe, rungsOf, trialRecipe, type Rung } from './rungs.ts';
import type { Stopwatch } from './stopwatch.ts';

/** What a trial is asked to do. */
export interface Attempt {
  readonly recipe: PruneRecipe;
  readonly episodes: number;
  readonly timed: boolean;
}

export interface Climb {
  readonly recipe: SearchRecipe;
  readonly plan: SearchPlan;
  /** What was tried before an interruption. */
  readonly known: readonly SearchTrial[];
  /** Rejected with a JobAbortedError when it was dismissed; with anything else when it failed. */
  readonly attempt: (attempt: Attempt) => Promise<TrialMeasurement>;
  /** Ends the attempts that are going on. */
  readonly dismiss: () => void;
  /** Whether the person has asked to stop: then what is dismissed is no failure. */
  readonly stopped: () => boolean;
  readonly stopwatch: Stopwatch;
  /** Called with every new trial as soon as it is finished. */
  readonly onTrial: (trial: SearchTrial) => void;
  /** Called when a rung begins, and whenever one more of its trials is finished. */
  readonly onProgress: (rung: number, done: number, planned: number) => void;
}

export interface Summit {
  readonly rungs: SearchReport['rungs'];
  readonly trials: readonly SearchTrial[];
  /** Those among which the answer is: the trials that came furthest. */
  readonly finalists: readonly MeasuredTrial[];
  readonly cut: SearchReport['cut'];
}

/** A way of pruning on its way up. */
interface Entrant {
  readonly number: number;
  readonly recipeAt: (rung: Rung) => PruneRecipe;
}

/** The golden ratio: whatever of a rung there is time for, it is from everywhere in the plan. */
const STRIDE = 0.618_033_988_749_895;
const startOrder = ({ number }: Entrant): number => (number * STRIDE) % 1;

function entrantsOf({ recipe, plan }: Climb): { first: Entrant[]; automatic: Entrant[] } {
  const first = plan.combinations.map((combination, number) => ({
    number,
    recipeAt: ({ updates }: Rung) => trialRecipe(recipe, combination, updates),
  }));
  const automatic = plan.automatic.map((granularity, i) => ({
    number: first.length + i,
    recipeAt: () => automaticRecipe(recipe, granularity, recipe.target),
  }));
  return { first, automatic };
}

/** @returns null for a trial that was dismissed. @throws JobAbortedError when the search as a whole is cancelled */
async function tryOut(
  climb: Climb,
  { entrant, rung, level }: { readonly entrant: Entrant; readonly rung: Rung; readonly level: number },
  attempt: Climb['attempt'],
  dismissed: () => boolean,
): Promise<SearchTrial | null> {
  const { number } = entrant;
  const known = climb.known.find((trial) => trial.rung === level && trial.number === number);
  if (known !== undefined) return known;
  const recipe = entrant.recipeAt(rung);
  const timed = climb.recipe.target.kind === 'latency' || level === climb.recipe.rungs - 1;
  const outcome = await attempt({ recipe, episodes: rung.episodes, timed }).then(
    (measured): SearchTrial['outcome'] => ({ kind: 'measured', measured }),
    (error: unknown): SearchTrial['outcome'] | null => {
      if (!(error instanceof JobAbortedError)) return { kind: 'failed', problem: toProblem(error) };
      if (!dismissed()) throw error;
      return null;
    },
  );
  if (outcome === null) return null;
  const { episodes } = rung;
  const trial = { rung: level, number, recipe, episodes, outcome, seconds: climb.stopwatch.seconds };
  climb.onTrial(trial);
  return trial;
}

/** Ways of pruning that are the same as long as nothing heals are tried once. */
function once(attempt: Climb['attempt']): Climb['attempt'] {
  const attempts = new Map<string, Promise<TrialMeasurement>>();
  return (asked) => {
    const key = JSON.stringify(asked);
    const made = attempts.get(key) ?? attempt(asked);
    attempts.set(key, made);
    return made;
  };
}

/** Of a rung that was not finished, and of those that did not come into it: the last of every way of pruning. */
function finalistsOf(rungs: readonly (readonly SearchTrial[])[], isComplete: boolean): MeasuredTrial[] {
  const reached = rungs.filter((trials) => trials.some(isMeasured));
  const [last = [], before = []] = reached.reverse();
  const later = new Set(last.map(({ number }) => number));
  const unreached = isComplete ? [] : before.filter(({ number }) => !later.has(number));
  return [...last, ...unreached].filter(isMeasured);
}

/**
 * What comes out depends on the recipe and on what the attempts answer, not on the order or the time in which they do,
 * unless time or the person cuts it: every rung is finished before the next begins.
 */
export async function climb(given: Climb): Promise<Summit> {
  const { recipe, stopwatch, stopped } = given;
  // A space with fewer ways than trials is halved as well.
  const rungs = rungsOf({ ...recipe, trials: given.plan.combinations.length });
  const { first, automatic } = entrantsOf(given);
  const reports: SearchReport['rungs'][number][] = [];
  const made: SearchTrial[][] = [];
  let entrants = first;
  let cut: Summit['cut'] = null;
  for (const [level, rung] of rungs.entries()) {
    const ordered = entrants.toSorted((a, b) => startOrder(a) - startOrder(b));
    // The automatic methods take longest: begun last they would be waited for.
    const planned = level === rungs.length - 1 ? [...automatic, ...ordered] : ordered;
    let timeIsUp = false;
    if (recipe.seconds !== null) {
      stopwatch.setAlarm((recipe.seconds * (level + 1)) / rungs.length, () => {
        timeIsUp = true;
        given.dismiss();
      });
    }
    let done = 0;
    given.onProgress(level, done, planned.length);
    const attempt = once(given.attempt);
    const tried = await Promise.all(
      planned.map(async (entrant) => {
        const trial = await tryOut(given, { entrant, rung, level }, attempt, () => timeIsUp || stopped());
        if (trial !== null) given.onProgress(level, ++done, planned.length);
        return trial;
      }),
    );
    stopwatch.clearAlarm();
    const trials = tried.filter((trial) => trial !== null).sort((a, b) => a.number - b.number);
    const measured = trials.filter(isMeasured);
    made.push(trials);
    reports.push({
      episodes: rung.episodes,
      updates: rung.updates,
      planned: planned.length,
      finished: trials.length,
      failed: trials.length - measured.length,
    });
    if (trials.length < planned.length) cut = stopped() ? 'stop' : 'time';
    if (stopped()) break;
    const going = promote(measured, recipe.target, rungs[level + 1]?.entrants ?? 0);
    entrants = going.map(({ number }) => first[number]!);
  }
  return { rungs: reports, trials: made.flat(), finalists: finalistsOf(made, cut === null), cut };
}
