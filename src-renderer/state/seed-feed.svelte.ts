// The runs of one recipe with different seeds, as they go on: how each stands, and the learning curve of each.
import type { SeedRun, SeriesPoint } from '../../src-main/contract/api/runs.ts';
import { METRIC } from '../../src-main/contract/metric-names.ts';
import type { ApplicationEvent } from '../../src-main/contract/api/event.ts';
import { SvelteMap } from 'svelte/reactivity';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';
import { seedCurveOf, type SeedCurve } from './seed-curves.ts';

/** More evaluations than a run has: no point is thinned out, so that every step can be found in all curves. */
const BUCKETS = 4000;

export class SeedFeed {
  readonly #runs: Loaded<readonly SeedRun[]>;
  /** By run. */
  readonly #curves = new SvelteMap<string, Loaded<readonly SeriesPoint[]>>();

  /** @param runId of any of them */
  constructor(runId: string) {
    this.#runs = new Loaded(() => call('runs.seeds', { id: runId }));
  }

  /** By seed. */
  get runs(): Loaded<readonly SeedRun[]> {
    return this.#runs;
  }

  /** One run says nothing of others. */
  get several(): boolean {
    return (this.#runs.value?.length ?? 0) > 1;
  }

  get curves(): readonly SeedCurve[] {
    return (this.#runs.value ?? []).map(({ run }) => seedCurveOf(run, this.#curves.get(run.id)?.value ?? []));
  }

  /** Listens for as long as somebody looks. @returns ends the listening */
  follow(): () => void {
    return onEvent((event) => {
      this.#hear(event);
    });
  }

  /** All that the store has: at first, and when the host is back. */
  async refill(): Promise<void> {
    await this.#runs.refresh();
    if (!this.several) return;
    await Promise.all((this.#runs.value ?? []).map(({ run }) => this.#read(run.id)));
  }

  #hear(event: ApplicationEvent): void {
    // Any that begins may be one more of them; one that ends has made something.
    if (event.type === 'run' && event.run.kind === 'train') void this.#refillFor(event.run.id);
    if (event.type !== 'metrics' || !this.#curves.has(event.runId)) return;
    // Evaluations are rare, and a curve is short: it is read again rather than put together.
    if (event.points.some(({ name }) => name === METRIC.validationReturn)) void this.#read(event.runId);
  }

  async #refillFor(runId: string): Promise<void> {
    const alone = !this.several;
    await this.#runs.refresh();
    if (alone) await this.refill();
    else if (this.#runs.value?.some(({ run }) => run.id === runId) === true) await this.#read(runId);
  }

  #read(runId: string): Promise<void> {
    let curve = this.#curves.get(runId);
    if (curve === undefined) {
      curve = new Loaded(() => call('runs.series', { id: runId, name: METRIC.validationReturn, buckets: BUCKETS }));
      this.#curves.set(runId, curve);
    }
    return curve.refresh();
  }
}
