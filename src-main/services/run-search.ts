// A search as a use case: a parent in, the trials into the store one by one, and the best of them as a model, measured on
// episodes that took no part in choosing.
import { jsonSchema, type Model, type Run } from '../contract/entity.ts';
import type { BudgetReport, PruneReport } from '../contract/prune-report.ts';
import type { AutomaticTarget, SearchRecipe } from '../contract/recipe.ts';
import { isMeasured, frontOf, type SearchPlan, type SearchReport, type SearchTrial } from '../contract/search.ts';
import { SecateurError, type Problem } from '../contract/secateur-error.ts';
import { checkDestination, exportModel } from './export-model.ts';
import type { JobEvent } from './job-host.ts';
import { keepPruned } from './keep-pruned.ts';
import { openModel } from './open-model.ts';
import { withRun, type Scribe } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import { formatBytes, formatMicroseconds } from './report/numbers.ts';
import { adviceFor } from './search/advice.ts';
import { climb, type Summit } from './search/climb.ts';
import { choose, reaches } from './search/halving.ts';
import { JobCrew } from './search/job-crew.ts';
import { Stopwatch } from './search/stopwatch.ts';
import { describeTrial } from './search/describe-trial.ts';
import type { Exported, Services, Watch } from './services.ts';

export interface SearchOutcome {
  readonly kind: 'search';
  readonly run: Run;
  readonly parent: Model;
  readonly model: Model;
  readonly report: PruneReport;
  readonly search: SearchReport;
  readonly trials: readonly SearchTrial[];
  readonly exported: Exported | null;
}

/** Nothing that was tried could be measured. */
export class NothingFoundError extends SecateurError {
  readonly kind = 'failed';

  constructor(failed: Problem | null) {
    super(
      failed === null
        ? 'the search ended before any trial was finished'
        : `every trial of the search failed, the first because ${failed.message}`,
      failed === null ? 'Give it more time, or try fewer ways of pruning.' : failed.hint,
    );
  }
}

/** The policy is within the budget as it is: whatever a search found would only be worse. */
export class BudgetMetAlreadyError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(asItIs: BudgetReport) {
    const [takes, allowed] =
      asItIs.kind === 'bytes'
        ? [formatBytes(asItIs.measured), formatBytes(asItIs.allowed)]
        : [formatMicroseconds(asItIs.measured.medianMicroseconds), formatMicroseconds(asItIs.allowed)];
    super(
      `there is nothing to search for: with nothing pruned the policy takes ${takes}, and ${allowed} are allowed`,
      'Use it as it is (`secateur export`), allow less, or search for the smallest that keeps a share of the return (--keep 0.95).',
    );
  }
}

/** The report of pruning by hand says nothing of what was asked; a search asked for something. */
function judgedBy(report: PruneReport, target: AutomaticTarget): PruneReport {
  const { bytes, latency } = report.pruned;
  const budget = ((): BudgetReport | null => {
    switch (target.kind) {
      case 'return':
        return null;
      case 'bytes':
        return { kind: 'bytes', allowed: target.bytes, measured: bytes, met: bytes <= target.bytes };
      case 'latency': {
        const met = latency.medianMicroseconds <= target.microseconds;
        return { kind: 'latency', allowed: target.microseconds, measured: latency, met };
      }
    }
  })();
  return { ...report, keep: target.kind === 'return' ? target.keep : null, budget };
}

function reportOf(
  {
    recipe,
    plan,
    stopwatch,
    processes,
  }: { recipe: SearchRecipe; plan: SearchPlan; stopwatch: Stopwatch; processes: number },
  { rungs, finalists, cut, trials }: Summit,
): { search: SearchReport; chosen: SearchTrial } {
  const { target } = recipe;
  const chosen = choose(finalists, target);
  if (chosen === null) throw new NothingFoundError(problemOf(trials));
  const met = reaches(chosen, target);
  const { length: tried } = plan.combinations;
  const front = frontOf(finalists, target.kind).sort(
    (a, b) => a.outcome.measured.meanReturn - b.outcome.measured.meanReturn || a.number - b.number,
  );
  const key = ({ rung, number }: SearchTrial): SearchReport['chosen'] => ({ rung, number });
  const search: SearchReport = {
    target: target.kind,
    rungs,
    possible: plan.possible,
    front: front.map(key),
    chosen: key(chosen),
    met,
    advice: met ? [] : adviceFor({ recipe, chosen, tried, possible: plan.possible, cut }),
    cut,
    processes,
    seconds: stopwatch.seconds,
  };
  return { search, chosen };
}

function problemOf(trials: readonly SearchTrial[]): Problem | null {
  const failed = trials.find((trial) => !isMeasured(trial))?.outcome;
  return failed?.kind === 'failed' ? failed.problem : null;
}

/** Up the rungs and, with the best, through an ordinary prune job. */
async function searchFor(
  services: Services,
  given: { readonly recipe: SearchRecipe; readonly plan: SearchPlan; readonly parent: Model },
  control: RunControl,
  watch: Watch,
  { run, follow, log }: Scribe,
): Promise<Omit<SearchOutcome, 'kind' | 'exported'>> {
  const { store, jobHost, clock, machine } = services;
  const { recipe, plan, parent } = given;
  const bytes = await store.artifacts.get(parent.artifactHash);
  const known = store.trials.list(run.id);
  const processes = recipe.processes ?? machine.cores;
  const stopwatch = new Stopwatch(clock, Math.max(0, ...known.map(({ seconds }) => seconds)));
  let [stopped, finishing] = [false, false];
  const crew = new JobCrew({
    jobHost,
    size: processes,
    // Of trials only what plays is passed on; they all say the same, and their own progress means nothing to the whole.
    onEvent: (event: JobEvent) => {
      if (finishing || event.type === 'policy') follow(event);
    },
    onPause: (paused) => {
      if (paused) stopwatch.pause();
      else stopwatch.continue();
      follow({ type: 'paused', paused });
    },
    onStop: () => {
      stopped = true;
    },
  });
  control.take(crew);
  const summit = await climb({
    recipe,
    plan,
    known,
    attempt: async (attempt) => (await crew.run({ kind: 'trial', model: bytes, ...attempt })).measured,
    dismiss: () => {
      crew.dismiss();
    },
    stopped: () => stopped,
    stopwatch,
    onTrial: (trial) => {
      store.trials.keep(run.id, trial);
      watch({ type: 'trial', trial });
      log('info', describeTrial(trial));
    },
    onProgress: (rung, done, total) => {
      watch({
        type: 'progress',
        progress: { stage: `rung ${rung + 1} of ${recipe.rungs}`, done, total, unit: 'trials' },
      });
    },
  }).catch((error: unknown) => {
    // Nobody waits any more for the trials that are still going on.
    crew.abort();
    throw error;
  });
  const { search, chosen } = reportOf({ recipe, plan, stopwatch, processes }, summit);
  log('info', `chosen: ${describeTrial(chosen)}`);
  finishing = true;
  const made = await crew.finish({ kind: 'prune', recipe: chosen.recipe, model: bytes, observations: null });
  if (made.report.measure === 'agreement') throw new TypeError('a trial on episodes answered without a return');
  const report = judgedBy(made.report, recipe.target);
  const model = await keepPruned(services, { parent, run, model: made.model, report });
  store.outcomes.keep(run.id, { kind: 'search', parentId: parent.id, modelId: model.id, report, search });
  return { run, parent, model, report, search, trials: summit.trials };
}

/** @param resumed an interrupted search: what it has tried is not tried again */
export async function runSearch(
  services: Services,
  recipe: SearchRecipe,
  control: RunControl,
  watch: Watch,
  resumed: Run | null = null,
): Promise<SearchOutcome> {
  const { store, jobHost } = services;
  if (recipe.export !== null) await checkDestination(recipe.export);
  const parent = await openModel(services, recipe.source, recipe, control, watch);
  const model = await store.artifacts.get(parent.artifactHash);
  const planned = await jobHost.start({ kind: 'plan', recipe, model }, () => undefined).result;
  if (planned.kind !== 'plan') throw new TypeError(`a plan job answered with a ${planned.kind} result`);
  const { plan } = planned;
  // What was begun is finished, even if the clock now says something else.
  if (plan.asItIs?.met === true && resumed === null) throw new BudgetMetAlreadyError(plan.asItIs);
  const row = {
    projectId: parent.projectId,
    kind: 'search',
    recipe: jsonSchema.parse(recipe),
    seed: recipe.seed,
    backend: recipe.backend,
    ...(resumed !== null && { resumed: { run: resumed, sequence: store.metrics.lastSequence(resumed.id) } }),
  } as const;
  const found = await withRun(services, row, control, watch, (scribe) =>
    searchFor(services, { recipe, plan, parent }, control, watch, scribe),
  );
  const { search, trials } = found;
  const chosen = trials.find(({ rung, number }) => rung === search.chosen.rung && number === search.chosen.number)!;
  const exported =
    recipe.export === null
      ? null
      : await exportModel(services, {
          model: found.model,
          destination: recipe.export,
          environment: recipe.environment,
          // What makes these very files again; the search that found it is in the store.
          recipe: chosen.recipe,
          report: found.report,
          control,
          watch,
        });
  return { kind: 'search', ...found, exported };
}
