// Metric points of runs: appended in batches, read as series for charts and by sequence number to refill a gap.
import { z } from 'zod';
import { metricPointSchema, type MetricPoint } from '../contract/entity.ts';
import type { Command, Connection, Query } from './connection.ts';
import { downsample, type SeriesPoint } from '../contract/downsample.ts';

const seriesRow = z.strictObject({ series: z.int() });
const nameRow = z.strictObject({ name: z.string() });
const pointRow = metricPointSchema.omit({ name: true });
const lastRow = z.strictObject({ last: z.int().nullable() });
const extentRow = z.strictObject({ count: z.int(), first: z.int().nullable(), last: z.int().nullable() });

export interface SeriesRequest {
  readonly runId: string;
  readonly name: string;
  /** Inclusive. */
  readonly fromStep?: number;
  readonly toStep?: number;
  /** At most three points of each of so many equal parts of the range; without it, every point. */
  readonly buckets?: number;
}

export class Metrics {
  readonly #connection: Connection;
  readonly #addSeries: Command;
  readonly #series: Query<{ series: number }>;
  readonly #names: Query<{ name: string }>;
  readonly #addPoint: Command;
  readonly #extent: Query<{ count: number; first: number | null; last: number | null }>;
  readonly #points: Query<SeriesPoint>;
  readonly #after: Query<MetricPoint>;
  readonly #last: Query<{ last: number | null }>;
  readonly #discard: Command;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#addSeries = connection.command('INSERT OR IGNORE INTO metricSeries (runId, name) VALUES (?, ?)');
    this.#series = connection.query('SELECT series FROM metricSeries WHERE runId = ? AND name = ?', seriesRow);
    this.#names = connection.query('SELECT name FROM metricSeries WHERE runId = ? ORDER BY name', nameRow);
    this.#addPoint = connection.command('INSERT OR REPLACE INTO metricPoints VALUES (?, ?, ?, ?)');
    const inRange = 'FROM metricPoints WHERE series = ? AND step BETWEEN ? AND ?';
    this.#extent = connection.query(
      `SELECT count(*) AS count, min(step) AS first, max(step) AS last ${inRange}`,
      extentRow,
    );
    this.#points = connection.query(`SELECT sequence, step, value ${inRange} ORDER BY sequence`, pointRow);
    this.#after = connection.query(
      `SELECT sequence, name, step, value FROM metricSeries JOIN metricPoints USING (series)
       WHERE runId = ? AND sequence > ? ORDER BY sequence, name LIMIT ?`,
      metricPointSchema,
    );
    this.#last = connection.query(
      'SELECT max(sequence) AS last FROM metricSeries JOIN metricPoints USING (series) WHERE runId = ?',
      lastRow,
    );
    this.#discard = connection.command(
      'DELETE FROM metricPoints WHERE series IN (SELECT series FROM metricSeries WHERE runId = ?) AND sequence > ?',
    );
  }

  /** On the disk when it returns, all of them or none. A point sent twice is stored once. */
  append(runId: string, points: readonly MetricPoint[]): void {
    this.#connection.transaction(() => {
      const known = new Map<string, number>();
      for (const { sequence, name, step, value } of points) {
        const series = known.get(name) ?? this.#seriesOf(runId, name);
        known.set(name, series);
        this.#addPoint(series, sequence, step, Number.isFinite(value) ? value : null);
      }
    });
  }

  names(runId: string): string[] {
    return this.#names.all(runId).map(({ name }) => name);
  }

  /** In order of sequence; empty for a name that the run does not have. */
  series({ runId, name, fromStep = 0, toStep = Number.MAX_SAFE_INTEGER, buckets }: SeriesRequest): SeriesPoint[] {
    const series = this.#series.get(runId, name)?.series;
    if (series === undefined) return [];
    if (buckets === undefined) return this.#points.all(series, fromStep, toStep);
    const { count, first, last } = this.#extent.get(series, fromStep, toStep)!;
    const points = this.#points.all(series, fromStep, toStep);
    if (count <= buckets * 3 || first === null || last === null) return points;
    return downsample({ points, fromStep: first, toStep: last, buckets });
  }

  /** Points of all names with a greater sequence number, in order: what a listener that saw up to `sequence` lacks. */
  after({ runId, sequence, limit }: { runId: string; sequence: number; limit: number }): MetricPoint[] {
    return this.#after.all(runId, sequence, limit);
  }

  /** Of all points of a run; −1 while there is none. */
  lastSequence(runId: string): number {
    return this.#last.get(runId)?.last ?? -1;
  }

  /** Forgets what came after a checkpoint, before the run goes on from there. */
  discardAfter(runId: string, sequence: number): void {
    this.#discard(runId, sequence);
  }

  #seriesOf(runId: string, name: string): number {
    this.#addSeries(runId, name);
    return this.#series.get(runId, name)!.series;
  }
}
