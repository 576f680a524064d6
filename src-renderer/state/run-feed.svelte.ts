// One run as it goes on: what it is, how far it is, what it measures and says. Read from the store, then followed.
import type { RunActivity, RunDetail, RunProgress } from '../../src-main/contract/api/runs.ts';
import type { LogLine, MetricPoint, Run } from '../../src-main/contract/entity.ts';
import type { ApplicationEvent } from '../../src-main/contract/api/event.ts';
import type { SearchTrial } from '../../src-main/contract/search.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { InSequence } from './in-sequence.ts';
import { Loaded } from './loaded.svelte.ts';
import type { SeriesView } from './metric-series.ts';
import { MetricTable } from './metric-table.ts';

/** Parts of the range of steps that a series is read in: about a pixel of a chart each. */
const BUCKETS = 800;
/** Lines that are kept; a run that says more has said the earlier ones long ago. */
const MOST_LINES = 20_000;

export class RunFeed {
  readonly id: string;
  readonly #detail: Loaded<RunDetail>;
  #run = $state.raw<Run | null>(null);
  #activity = $state.raw<RunActivity | null>(null);
  #progress = $state.raw<RunProgress | null>(null);
  readonly #table = new MetricTable();
  #names = $state.raw<readonly string[]>([]);
  /** Grows at most once per frame of the screen, however fast points arrive. */
  #version = $state(0);
  #frame: number | null = null;
  #historyLoaded = $state(false);
  #trials = $state.raw<readonly SearchTrial[]>([]);
  #lines = $state.raw<readonly LogLine[]>([]);
  readonly #metrics = new InSequence<MetricPoint>({
    after: (sequence) => call('runs.metrics-after', { id: this.id, sequence }),
    take: (points) => {
      this.#add(points);
    },
  });
  readonly #log = new InSequence<LogLine>({
    after: (sequence) => call('runs.log-after', { id: this.id, sequence }),
    take: (lines) => {
      this.#lines = [...this.#lines, ...lines].slice(-MOST_LINES);
    },
  });

  constructor(id: string) {
    this.id = id;
    this.#detail = new Loaded(() => call('runs.get', { id }));
  }

  /** What does not change while it runs; its outcome once there is one. */
  get detail(): Loaded<RunDetail> {
    return this.#detail;
  }

  get run(): Run | null {
    return this.#run;
  }

  /** Null when it is not going on. */
  get activity(): RunActivity | null {
    return this.#activity;
  }

  get progress(): RunProgress | null {
    return this.#progress;
  }

  /** Of the metrics there are, in alphabetical order. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Whether what was measured so far is there to be drawn. */
  get historyLoaded(): boolean {
    return this.#historyLoaded;
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** What a search has tried; none for any other run. */
  get trials(): readonly SearchTrial[] {
    return this.#trials;
  }

  /** Follows as points arrive. */
  series(name: string): SeriesView | null {
    // Read for the sake of whoever draws: the table itself is not reactive.
    return this.#version < 0 ? null : this.#table.view(name);
  }

  /** Listens for as long as somebody looks. @returns ends the listening */
  follow(): () => void {
    const stop = onEvent((event) => {
      this.#hear(event);
    });
    return () => {
      stop();
      if (this.#frame !== null) cancelAnimationFrame(this.#frame);
      this.#frame = null;
    };
  }

  /** All that the store has: at first, when the host is back, and when a run goes on that had been interrupted. */
  async refill(): Promise<void> {
    await this.#detail.refresh();
    if (this.#detail.value === null || this.#detail.problem !== null) return;
    const { run, activity, progress } = this.#detail.value;
    this.#run = run;
    this.#activity = activity;
    this.#progress = progress;
    this.#metrics.forget();
    const history = await call('runs.history', { id: this.id, buckets: BUCKETS });
    this.#table.fill(history);
    this.#metrics.begin(history.through);
    if (run.kind === 'search') this.#trials = await call('runs.trials', { id: this.id });
    this.#historyLoaded = true;
    this.#redraw();
    if (this.#log.seen === null) this.#log.begin(-1);
    await this.#log.catchUp();
  }

  #hear(event: ApplicationEvent): void {
    switch (event.type) {
      case 'run':
        if (event.run.id === this.id) this.#change(event.run, event.activity);
        break;
      case 'progress':
        if (event.runId === this.id) this.#progress = event.progress;
        break;
      case 'metrics':
        if (event.runId === this.id) this.#metrics.hear(event.points);
        break;
      case 'trial':
        if (event.runId === this.id) this.#addTrial(event.trial);
        break;
      case 'log':
        if (event.runId === this.id) this.#log.hear(event.lines);
        break;
      default:
        break;
    }
  }

  #change(run: Run, activity: RunActivity | null): void {
    const before = this.#run;
    this.#run = run;
    this.#activity = activity;
    // What came after the last checkpoint of a run that goes on is no longer so.
    const goesOn = before?.status === 'interrupted' && run.status !== 'interrupted';
    const isOver = activity === null && this.#detail.value?.run.status !== run.status;
    if (goesOn) void this.refill().catch(() => undefined);
    else if (isOver) void this.#detail.refresh();
  }

  #add(points: readonly MetricPoint[]): void {
    this.#table.add(points);
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#redraw();
    });
  }

  /** It may have been read from the store already. */
  #addTrial(trial: SearchTrial): void {
    const isThere = this.#trials.some(({ rung, number }) => rung === trial.rung && number === trial.number);
    if (!isThere) this.#trials = [...this.#trials, trial];
  }

  #redraw(): void {
    this.#version++;
    if (this.#table.size !== this.#names.length) this.#names = this.#table.names;
  }
}
