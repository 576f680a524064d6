// The runs that are going on in this host: started, waiting their turn, paused, stopped; whoever watches hears of it.
import type { ApplicationEvent } from '../contract/api/event.ts';
import type { RunActivity, RunProgress } from '../contract/api/runs.ts';
import type { Run } from '../contract/entity.ts';
import type { Recipe } from '../contract/recipe.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { JobAbortedError } from './job-errors.ts';
import { ProgressMeter } from './progress-meter.ts';
import { resumeRun } from './resume-run.ts';
import { RunControl } from './run-control.ts';
import { runRecipe } from './run-recipe.ts';
import type { RunEvent, Services } from './services.ts';
import { Turns, type Turn } from './turns.ts';

/** Asked of a run that does not go on here. */
export class RunNotActiveError extends SecateurError {
  readonly kind = 'refused';

  constructor(run: Run) {
    super(`the ${run.kind} run is ${run.status} and does not compute here`, 'Look at its state again; it has changed.');
  }
}

interface ActiveRun {
  readonly control: RunControl;
  readonly turn: Turn;
  readonly progress: ProgressMeter;
  activity: RunActivity;
  /** Who wants to see what plays. */
  watchers: ((policy: PlayingPolicy | null) => void)[];
}

/** What a run has that can play, at some moment. */
export interface PlayingPolicy {
  readonly step: number;
  /** A model file. */
  readonly bytes: Uint8Array;
}

export class RunBoard {
  readonly #services: Services;
  readonly #tell: (event: ApplicationEvent) => void;
  readonly #turns: Turns;
  readonly #active = new Map<string, ActiveRun>();
  readonly #ends = new Set<Promise<void>>();

  /** @param concurrent runs that compute at the same time */
  constructor(services: Services, concurrent: number, tell: (event: ApplicationEvent) => void) {
    this.#services = services;
    this.#tell = tell;
    this.#turns = new Turns(concurrent);
  }

  set concurrent(runs: number) {
    this.#turns.limit = runs;
  }

  /** Runs that wait or compute. */
  get size(): number {
    return this.#active.size;
  }

  activityOf(runId: string): RunActivity | null {
    return this.#active.get(runId)?.activity ?? null;
  }

  progressOf(runId: string): RunProgress | null {
    return this.#active.get(runId)?.progress.measured ?? null;
  }

  /**
   * Resolves when the run is in the store, waiting or computing.
   * @throws what keeps a run from beginning: a recipe that does not fit, a folder that cannot be written
   */
  start(recipe: Recipe): Promise<Run> {
    return this.#follow((control, watch) => runRecipe(this.#services, recipe, control, watch));
  }

  /** An interrupted run: training from its last checkpoint, a search with what it has tried. @throws CannotResumeError */
  resume(run: Run): Promise<Run> {
    return this.#follow((control, watch) => resumeRun(this.#services, run, control, watch));
  }

  pause(runId: string): void {
    const active = this.#get(runId);
    if (active.activity !== 'going') return;
    active.control.pause();
    this.#become(runId, active, 'pausing');
  }

  continue(runId: string): void {
    const active = this.#get(runId);
    if (active.activity !== 'pausing' && active.activity !== 'paused') return;
    active.control.continue();
    this.#become(runId, active, 'going');
  }

  /** Keeps what there is; a run that still waits has nothing to keep and is cancelled. */
  stop(runId: string): void {
    const active = this.#get(runId);
    if (active.activity === 'waiting') {
      this.cancel(runId);
      return;
    }
    active.control.stop();
    this.#become(runId, active, 'stopping');
  }

  cancel(runId: string): void {
    const active = this.#get(runId);
    this.#become(runId, active, 'cancelling');
    if (!active.turn.giveUp(new JobAbortedError())) active.control.abort();
  }

  /** What plays in a run at this moment, as soon as there is something; null when it does not compute, or ends before. */
  policyOf(runId: string): Promise<PlayingPolicy | null> {
    const active = this.#active.get(runId);
    if (active === undefined || active.activity === 'waiting') return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<PlayingPolicy | null>();
    active.watchers.push(resolve);
    active.control.watch();
    return promise;
  }

  /** Keeps what every run has; resolves when all of them have been measured and stored. */
  async stopAll(): Promise<void> {
    for (const runId of this.#active.keys()) this.stop(runId);
    await Promise.all(this.#ends);
  }

  /** Ends every run at once; resolves when all of them are marked in the store. */
  async cancelAll(): Promise<void> {
    for (const runId of this.#active.keys()) this.cancel(runId);
    await Promise.all(this.#ends);
  }

  #get(runId: string): ActiveRun {
    const active = this.#active.get(runId);
    if (active === undefined) throw new RunNotActiveError(this.#services.store.runs.get(runId));
    return active;
  }

  #follow(work: (control: RunControl, watch: (event: RunEvent) => void) => Promise<unknown>): Promise<Run> {
    const turn = this.#turns.take();
    const control = new RunControl(turn.granted);
    const { promise, resolve, reject } = Promise.withResolvers<Run>();
    let runId: string | null = null;
    const watch = (event: RunEvent): void => {
      if (event.type === 'run') {
        runId ??= this.#begin(event.run, control, turn);
        resolve(event.run);
      }
      if (runId !== null) this.#relay(runId, event);
    };
    const end = work(control, watch).then(
      () => undefined,
      // Once the run is in the store its problem is there as well; before that whoever started it is told.
      (error: unknown) => {
        reject(error);
      },
    );
    const settled = end.finally(() => {
      turn.release();
      this.#ends.delete(settled);
      if (runId !== null) this.#finish(runId);
    });
    this.#ends.add(settled);
    return promise;
  }

  #begin({ id }: Run, control: RunControl, turn: Turn): string {
    const progress = new ProgressMeter(this.#services.clock);
    this.#active.set(id, { control, turn, activity: 'waiting', progress, watchers: [] });
    return id;
  }

  #relay(runId: string, event: RunEvent): void {
    const active = this.#active.get(runId);
    if (active === undefined) return;
    switch (event.type) {
      case 'run':
        if (event.run.status === 'running' && active.activity === 'waiting') active.activity = 'going';
        this.#tell({ type: 'run', run: event.run, activity: active.activity });
        break;
      case 'paused':
        if (event.paused && active.activity === 'pausing') this.#become(runId, active, 'paused');
        break;
      case 'progress':
        this.#tell({ type: 'progress', runId, progress: active.progress.add(event.progress) });
        break;
      case 'policy':
        this.#show(active, { step: event.step, bytes: event.bytes });
        break;
      case 'metrics':
        this.#tell({ type: 'metrics', runId, points: event.metrics });
        break;
      case 'trial':
        this.#tell({ type: 'trial', runId, trial: event.trial });
        break;
      case 'log': {
        const { sequence, at, level, text } = event;
        this.#tell({ type: 'log', runId, lines: [{ sequence, at, level, text }] });
        break;
      }
      case 'imported':
        break;
    }
  }

  #show(active: ActiveRun, policy: PlayingPolicy | null): void {
    const { watchers } = active;
    active.watchers = [];
    for (const show of watchers) show(policy);
  }

  #become(runId: string, active: ActiveRun, activity: RunActivity): void {
    active.activity = activity;
    this.#tell({ type: 'run', run: this.#services.store.runs.get(runId), activity });
  }

  #finish(runId: string): void {
    const active = this.#active.get(runId);
    if (active !== undefined) this.#show(active, null);
    this.#active.delete(runId);
    const run = this.#services.store.runs.get(runId);
    this.#tell({ type: 'run', run, activity: null });
    this.#tell({ type: 'project', projectId: run.projectId });
  }
}
