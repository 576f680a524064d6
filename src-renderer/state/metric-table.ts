// All metrics of a run by name, as they grow.
import type { RunHistory, SeriesPoint } from '../../src-main/contract/api/runs.ts';
import type { MetricPoint } from '../../src-main/contract/entity.ts';
import { MetricSeries, type SeriesView } from './metric-series.ts';

export class MetricTable {
  readonly #series = new Map<string, MetricSeries>();

  /** In alphabetical order. */
  get names(): readonly string[] {
    return [...this.#series.keys()].sort();
  }

  get size(): number {
    return this.#series.size;
  }

  view(name: string): SeriesView | null {
    return this.#series.get(name)?.view ?? null;
  }

  /** Begins anew with what the store has. */
  fill({ series }: RunHistory): void {
    this.#series.clear();
    for (const { name, points } of series) this.#seriesOf(name).add(points);
  }

  /** @param points in order, after all that are there */
  add(points: readonly MetricPoint[]): void {
    const added = new Map<string, SeriesPoint[]>();
    for (const { name, sequence, step, value } of points) {
      const series = added.get(name) ?? [];
      series.push({ sequence, step, value });
      added.set(name, series);
    }
    for (const [name, series] of added) this.#seriesOf(name).add(series);
  }

  #seriesOf(name: string): MetricSeries {
    const known = this.#series.get(name);
    if (known !== undefined) return known;
    const added = new MetricSeries();
    this.#series.set(name, added);
    return added;
  }
}
