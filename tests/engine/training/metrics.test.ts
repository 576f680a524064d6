// What a training run says of itself on the way, so that it can be watched.
import { expect, it } from 'vitest';
import { METRIC } from '../../../src-main/contract/metric-names.ts';
import type { ReportedMetric } from '../../../src-main/engine/run-context.ts';
import { Throughput } from '../../../src-main/engine/training/throughput.ts';
import { train } from '../../../src-main/engine/training/train.ts';
import { trainRecipe } from '../../contract/recipes.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';

async function metricsOf(changes: Parameters<typeof trainRecipe>[0]): Promise<ReportedMetric[]> {
  const context = recordingContext();
  const recipe = trainRecipe({ ...changes, seeds: SEEDS });
  await train({ recipe, backend: testBackend, context, checkpoint: null, saveCheckpoint: () => undefined });
  return context.metricsSeen;
}

const SEEDS = {
  train: { first: 0, count: 10_000 },
  validation: { first: 10_000, count: 20 },
  test: { first: 20_000, count: 2 },
};

it('every point of the learning curve lies in an interval that is not the point itself', async () => {
  const metrics = await metricsOf({ steps: 1000 });
  const of = (name: string) => metrics.filter((metric) => metric.name === name);
  const [means, lows, highs] = [METRIC.validationReturn, METRIC.validationReturnLow, METRIC.validationReturnHigh].map(
    of,
  );
  expect(means!.length).toBeGreaterThan(10);
  means!.forEach(({ step, value }, i) => {
    expect([lows![i]!.step, highs![i]!.step]).toEqual([step, step]);
    expect(lows![i]!.value).toBeLessThanOrEqual(value);
    expect(highs![i]!.value).toBeGreaterThanOrEqual(value);
  });
  expect(lows!.some(({ value }, i) => value < means![i]!.value)).toBe(true);
});

it('sparsity rises to what the recipe asks for when a run is pruned on the way', async () => {
  const pruning = {
    kind: 'gradual' as const,
    granularity: 'weight',
    criterion: 'l1',
    sparsity: 0.75,
    allocation: 'global',
    schedule: 'polynomial',
    steps: 5,
    from: 0.2,
    to: 0.8,
  };
  const sparsities = (await metricsOf({ steps: 1500, pruning })).filter(({ name }) => name === METRIC.sparsity);
  const values = sparsities.map(({ value }) => value);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  // 4·32 + 32·2 weights: a weight is half a percent.
  expect(values.at(-1)).toBeCloseTo(0.75, 2);
  expect(values[0]).toBeLessThan(0.75);
});

it('throughput is the steps of a stretch by the time that it took, a hundred times a run', () => {
  const metrics: ReportedMetric[] = [];
  let time = 0;
  const throughput = new Throughput({
    context: { now: () => time, metrics: (told) => metrics.push(...told) },
    totalSteps: 1000,
  });
  // 2 ms a step, from the 500th on 5 ms.
  for (let step = 1; step <= 1000; step++) {
    time += step > 500 ? 5 : 2;
    throughput.onStep({ step, totalSteps: 1000, update: 0 });
  }
  expect(metrics).toHaveLength(99);
  expect(metrics[0]).toEqual({ name: METRIC.throughput, step: 11, value: 500 });
  expect(metrics.at(-1)!.value).toBe(200);
});
