import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../src-main/contract/entity.ts';
import type { Metrics } from '../../src-main/store/metrics.ts';
import { sampleProject, sampleRun } from './sample-entities.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function metricsOfRun(): Promise<{ metrics: Metrics; runId: string }> {
  const { store } = await openSampleStore(temporaryFolder());
  return { metrics: store.metrics, runId: sampleRun(store, sampleProject(store).id).id };
}

const lossAt = (sequence: number, value: number): MetricPoint => ({
  sequence,
  name: 'loss',
  step: sequence * 10,
  value,
});

describe('Metrics', () => {
  it('gives a series back by name and range of steps', async () => {
    const { metrics, runId } = await metricsOfRun();
    metrics.append(runId, [lossAt(0, 1.5), { sequence: 0, name: 'epsilon', step: 0, value: 1 }, lossAt(1, 0.1)]);
    metrics.append(runId, [lossAt(2, -0.25), lossAt(3, 1e300)]);
    expect(metrics.names(runId)).toEqual(['epsilon', 'loss']);
    expect(metrics.series({ runId, name: 'loss' }).map(({ step, value }) => [step, value])).toEqual([
      [0, 1.5],
      [10, 0.1],
      [20, -0.25],
      [30, 1e300],
    ]);
    const middle = metrics.series({ runId, name: 'loss', fromStep: 10, toStep: 20 });
    expect(middle.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(metrics.series({ runId, name: 'return' })).toEqual([]);
    expect(metrics.series({ runId: 'other', name: 'loss' })).toEqual([]);
  });

  it('keeps the place of a value that is not finite', async () => {
    const { metrics, runId } = await metricsOfRun();
    metrics.append(runId, [lossAt(0, Number.NaN), lossAt(1, Number.POSITIVE_INFINITY), lossAt(2, 3)]);
    expect(metrics.series({ runId, name: 'loss' }).map(({ value }) => value)).toEqual([null, null, 3]);
  });

  it('refills a gap across names, a page at a time, whatever was sent twice', async () => {
    const { metrics, runId } = await metricsOfRun();
    const points = Array.from({ length: 30 }, (_, sequence): MetricPoint => {
      return { sequence, name: sequence % 3 === 0 ? 'return' : 'loss', step: sequence, value: sequence / 7 };
    });
    metrics.append(runId, points.slice(0, 20));
    metrics.append(runId, points.slice(10));
    expect(metrics.after({ runId, sequence: 4, limit: 10 })).toEqual(points.slice(5, 15));
    expect(metrics.after({ runId, sequence: 14, limit: 100 })).toEqual(points.slice(15));
  });

  it('knows the last number of a run over all of its names', async () => {
    const { metrics, runId } = await metricsOfRun();
    expect(metrics.lastSequence(runId)).toBe(-1);
    metrics.append(runId, [lossAt(0, 1), { sequence: 7, name: 'return', step: 20, value: null }, lossAt(3, 2)]);
    expect(metrics.lastSequence(runId)).toBe(7);
    metrics.discardAfter(runId, 2);
    expect(metrics.lastSequence(runId)).toBe(0);
  });

  it('forgets what came after a checkpoint', async () => {
    const { metrics, runId } = await metricsOfRun();
    metrics.append(runId, [
      lossAt(0, 1),
      lossAt(1, 2),
      { sequence: 2, name: 'return', step: 20, value: 9 },
      lossAt(3, 4),
    ]);
    metrics.discardAfter(runId, 1);
    expect(metrics.after({ runId, sequence: -1, limit: 10 })).toEqual([lossAt(0, 1), lossAt(1, 2)]);
  });

  it('thins a long series without losing its peak', async () => {
    const { metrics, runId } = await metricsOfRun();
    const points = Array.from({ length: 5000 }, (_, i) => lossAt(i, i === 3333 ? 100 : Math.sin(i / 50)));
    metrics.append(runId, points);
    const thinned = metrics.series({ runId, name: 'loss', buckets: 100 });
    expect(thinned.length).toBeLessThanOrEqual(200);
    expect(thinned).toContainEqual({ sequence: 3333, step: 33_330, value: 100 });
    expect(metrics.series({ runId, name: 'loss', buckets: 5000 })).toHaveLength(5000);
  });

  it('appends all of a batch or nothing', async () => {
    const { metrics, runId } = await metricsOfRun();
    const broken = { ...lossAt(1, 1), step: 0.5 };
    expect(() => {
      metrics.append(runId, [lossAt(0, 1), broken]);
    }).toThrow();
    expect(metrics.names(runId)).toEqual([]);
  });
});
