import { describe, expect, it } from 'vitest';
import { sensitivityReportSchema, type SensitivityReport } from '../../../src-main/contract/sensitivity.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import type { Masks } from '../../../src-main/engine/networks/parameters.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { CriterionGranularityError } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { NoRemovableLayerError } from '../../../src-main/engine/pruning/remove-layers.ts';
import { bypassLayer } from '../../../src-main/engine/pruning/surgery/bypass-layer.ts';
import { visitedStates } from '../../../src-main/engine/pruning/visited-states.ts';
import { playIn } from '../../../src-main/engine/pruning/experience.ts';
import { measureSensitivity } from '../../../src-main/engine/pruning/sensitivity/measure-sensitivity.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { aiming } from './recovery/aiming.ts';
import { meanReturn } from './recovery/recovering.ts';

const { description, ...sample } = sampleModel({ inputs: 1, hidden: [6, 5], actions: 1, activation: 'tanh' });
const policy = { kind: 'mean', head: 'q', logStd: [0] } as const;
const model: PolicyModel = { ...sample, description: { ...description, policy, actionSpace: aiming.actionSpace } };

/** The episodes that `meanReturn` plays. */
const validation = { first: 50_000, count: 20 };

function measure(
  options: { granularity?: string; criterion?: string; of?: PolicyModel; sparsities?: number[]; breaths?: number } = {},
): Promise<SensitivityReport | null> & { readonly context: ReturnType<typeof recordingContext> } {
  const { granularity = 'weight', criterion = 'l1', of = model, sparsities = [0.5, 0.9], breaths } = options;
  const context = recordingContext(breaths);
  const report = measureSensitivity({
    model: of,
    environment: aiming,
    criterion: criteria.get(criterion),
    granularity: granularities.get(granularity),
    sparsities,
    seeds: { train: { first: 0, count: 100 }, validation },
    backend: testBackend,
    random: new Random(2),
    context,
  });
  return Object.assign(report, { context });
}

/** The smallest `count` of a kernel masked. */
function smallestGone(name: string, count: number): Masks {
  const magnitudes = Array.from(model.parameters[name]!, Math.abs);
  const gone = magnitudes
    .map((m, i) => ({ m, i }))
    .sort((a, b) => a.m - b.m)
    .slice(0, count);
  const mask = new Uint8Array(magnitudes.length).fill(1);
  for (const { i } of gone) mask[i] = 0;
  return { [name]: mask };
}

describe('each layer alone', () => {
  it('returns what the policy returns with the smallest weights of that layer masked, and nothing else', async () => {
    const report = (await measure())!;
    expect(sensitivityReportSchema.parse(report)).toEqual(report);
    expect(report.dense.meanReturn).toBeCloseTo(meanReturn(model, aiming), 9);
    expect(report.layers.map(({ layer, elements }) => [layer, elements])).toEqual([
      ['hidden_0', 6],
      ['hidden_1', 30],
      ['q/out', 5],
    ]);
    for (const { layer, elements, points } of report.layers) {
      expect(points.map(({ sparsity }) => sparsity)).toEqual([0.5, 0.9]);
      for (const { sparsity, weightsRemoved, meanReturn: mean, meanInterval, keptShare } of points) {
        expect(weightsRemoved).toBe(Math.floor(sparsity * elements));
        const masked = { ...model, masks: smallestGone(`${layer}/kernel`, weightsRemoved) };
        expect(mean).toBeCloseTo(meanReturn(masked, aiming), 9);
        expect(meanInterval.low).toBeLessThanOrEqual(mean);
        expect(meanInterval.high).toBeGreaterThanOrEqual(mean);
        const { worstReturn } = aiming;
        expect(keptShare).toBeCloseTo((mean - worstReturn) / (report.dense.meanReturn - worstReturn), 9);
      }
    }
  });

  it('of neurons counts the weights that go with them', async () => {
    const report = (await measure({ granularity: 'neuron', criterion: 'activity', sparsities: [0.5] }))!;
    // Three of six units with 1 weight in and 5 out each; two of five with 6 in and 1 out.
    expect(report.layers.map(({ layer, points }) => [layer, points[0]!.weightsRemoved])).toEqual([
      ['hidden_0', 18],
      ['hidden_1', 14],
    ]);
  });

  it('in a pattern leaves the other layers whole', async () => {
    const report = (await measure({ granularity: '1:2', sparsities: [0] }))!;
    expect(report.layers.map(({ points }) => points[0]!.weightsRemoved)).toEqual([0, 15, 2]);
  });

  it('goes on from what was pruned before', async () => {
    const masks = smallestGone('hidden_1/kernel', 10);
    const report = (await measure({ of: { ...model, masks }, sparsities: [0, 0.5] }))!;
    expect(report.dense.meanReturn).toBeCloseTo(meanReturn({ ...model, masks }, aiming), 9);
    const middle = report.layers[1]!.points;
    expect(middle.map(({ weightsRemoved }) => weightsRemoved)).toEqual([0, 5]);
    expect(middle[0]).toMatchObject({ ...report.dense, keptShare: 1 });
    expect(countNetwork(model.description.network, model.parameters, masks).nonzeroWeights).toBe(31);
  });
});

describe('each layer as a whole, alone', () => {
  const whole = { granularity: 'layer', criterion: 'bypass' };

  it('returns what the policy returns with its linear stand-in, and says which cannot go', async () => {
    const report = (await measure(whole))!;
    expect(sensitivityReportSchema.parse(report)).toEqual(report);
    expect(report.layers.map(({ layer, elements, points }) => [layer, elements, points.length])).toEqual([
      ['hidden_0', 6, 1],
      ['hidden_1', 5, 1],
    ]);
    expect(report.skipped.map(({ layer }) => layer)).toEqual(['q/out']);
    const random = new Random(2);
    const experience = playIn(aiming, { train: { first: 0, count: 100 }, validation });
    const observations = visitedStates({ model, experience, backend: testBackend, epsilon: 0, random });
    // 1·6 + 6·5 weights become 1·5, or 6·5 + 5·1 become 6·1.
    for (const [i, weightsRemoved] of [31, 29].entries()) {
      const { layer, points } = report.layers[i]!;
      const [point] = points;
      expect(point).toMatchObject({ sparsity: 1, weightsRemoved });
      const linear = bypassLayer(model, layer, { backend: testBackend, observations });
      expect(point!.meanReturn).toBeCloseTo(meanReturn(linear, aiming), 6);
    }
    expect(report.layers[0]!.points[0]!.meanReturn).not.toBeCloseTo(report.dense.meanReturn, 3);
  });

  it('is refused where none can go, and by what ranks weights', async () => {
    const { description: other, ...rest } = sampleModel({ inputs: 1, hidden: [6], actions: 1 });
    const shallow: PolicyModel = { ...rest, description: { ...other, policy, actionSpace: aiming.actionSpace } };
    await expect(measure({ ...whole, of: shallow })).rejects.toThrow(NoRemovableLayerError);
    await expect(measure({ granularity: 'layer' })).rejects.toThrow(CriterionGranularityError);
  });
});

it('progress counts to the end, the model stays as it is, and the same seed measures the same', async () => {
  const before = structuredClone(model);
  const run = measure();
  const report = await run;
  const { progressSeen } = run.context;
  expect(progressSeen.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(new Set(progressSeen.map(({ total }) => total))).toEqual(new Set([7]));
  expect(model).toEqual(before);
  expect(await measure()).toEqual(report);
});

describe('a person who stops', () => {
  it('gets what is measured completely', async () => {
    const whole = (await measure())!;
    // Five steps an episode, all episodes at a time: the dense policy, and two and a half points.
    const report = (await measure({ breaths: 17 }))!;
    expect(report.stopped).toBe(true);
    expect(report.layers.map(({ points }) => points.length)).toEqual([2]);
    expect(report.layers[0]!.points.map((point) => point.meanReturn)).toEqual(
      whole.layers[0]!.points.map((point) => point.meanReturn),
    );
  });

  it('at once gets nothing', async () => {
    expect(await measure({ breaths: 0 })).toBeNull();
  });
});

it('a criterion that cannot rank is refused', async () => {
  await expect(measure({ criterion: 'fpgm' })).rejects.toThrow(CriterionGranularityError);
});
