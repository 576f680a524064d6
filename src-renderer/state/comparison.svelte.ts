// Several models at once, with what is drawn of them: details, test episodes, and the metrics of the runs that made them.
import { SvelteMap } from 'svelte/reactivity';
import type { ModelDetail } from '../../src-main/contract/api/models.ts';
import type { SeriesPoint } from '../../src-main/contract/api/runs.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import type { ModelStatistics } from '../../src-main/contract/statistics.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';

/** For drawing: more points than pixels say nothing. */
const BUCKETS = 400;

export interface Compared {
  readonly detail: ModelDetail;
  /** One per test episode; empty when it was not measured. */
  readonly returns: readonly number[];
  /** Names of the metrics of its run. */
  readonly metricNames: readonly string[];
}

async function load(id: string): Promise<Compared> {
  const [detail, episodes] = await Promise.all([call('models.get', { id }), call('models.test-episodes', { id })]);
  const { runId } = detail.model;
  const metricNames = runId === null ? [] : (await call('runs.get', { id: runId })).metricNames;
  return { detail, returns: episodes?.report.returns ?? [], metricNames };
}

export class Comparison {
  readonly #models = new SvelteMap<string, Compared>();
  readonly #asked: string[] = [];
  readonly #series = new SvelteMap<string, readonly SeriesPoint[]>();
  readonly #statistics = new SvelteMap<string, ModelStatistics>();
  readonly #counted: string[] = [];
  #problem = $state.raw<Problem | null>(null);
  readonly #ids: () => readonly string[];

  /** For the life of a component: make it while one is being made. */
  constructor(ids: () => readonly string[]) {
    this.#ids = ids;
    $effect(() => {
      for (const id of ids()) {
        if (this.#asked.includes(id)) continue;
        this.#asked.push(id);
        void this.#add(id);
      }
    });
    $effect(() =>
      onEvent((event) => {
        if (event.type !== 'project') return;
        for (const [id, { detail }] of this.#models) if (detail.project.id === event.projectId) void this.#add(id);
      }),
    );
  }

  /** In the order asked for, those that are there. */
  get all(): readonly Compared[] {
    return this.#ids().flatMap((id) => this.#models.get(id) ?? []);
  }

  get waiting(): boolean {
    return this.#problem === null && this.all.length < this.#ids().length;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Of every run together. */
  get metricNames(): readonly string[] {
    const names = this.all.flatMap(({ metricNames }) => metricNames);
    return names.filter((name, index) => names.indexOf(name) === index).sort();
  }

  /** Empty until it is there; asked for when it is first looked at. */
  seriesOf({ detail, metricNames }: Compared, name: string): readonly SeriesPoint[] {
    const { runId } = detail.model;
    if (runId === null || !metricNames.includes(name)) return [];
    return this.#series.get(`${runId} ${name}`) ?? [];
  }

  /** @param name of the metric that is shown */
  async loadSeries(name: string): Promise<void> {
    for (const { detail, metricNames } of this.all) {
      const { runId } = detail.model;
      if (runId === null || !metricNames.includes(name) || this.#series.has(`${runId} ${name}`)) continue;
      const points = await call('runs.series', { id: runId, name, buckets: BUCKETS });
      this.#series.set(`${runId} ${name}`, points);
    }
  }

  /** What the layers of a model are made of; null until it is there. */
  statisticsOf({ detail }: Compared): ModelStatistics | null {
    return this.#statistics.get(detail.model.id) ?? null;
  }

  /** A model never changes: each is asked for once. */
  async loadStatistics(): Promise<void> {
    const missing = this.all.map(({ detail }) => detail.model.id).filter((id) => !this.#counted.includes(id));
    this.#counted.push(...missing);
    await Promise.all(
      missing.map(async (id) => {
        this.#statistics.set(id, await call('inspection.statistics', { id }));
      }),
    );
  }

  async #add(id: string): Promise<void> {
    try {
      this.#models.set(id, await load(id));
      this.#problem = null;
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }
}
