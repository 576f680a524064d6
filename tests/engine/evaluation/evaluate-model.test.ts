import { describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src-main/contract/evaluation.ts';
import type { EvaluateRecipe } from '../../../src-main/contract/recipe.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { evaluateModel } from '../../../src-main/engine/evaluation/evaluate-model.ts';
import { ModelDoesNotFitError } from '../../../src-main/engine/evaluation/model-fits.ts';
import { measureModel } from '../../../src-main/engine/evaluation/measure-model.ts';
import { EvaluationStoppedError } from '../../../src-main/engine/evaluation/run-episodes.ts';
import { SeedOverlapError } from '../../../src-main/engine/evaluation/seeds.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { referenceForward } from '../../reference-network.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';

const seeds = {
  train: { first: 0, count: 10 },
  validation: { first: 100, count: 4 },
  test: { first: 200, count: 3 },
};
const recipe: EvaluateRecipe = {
  kind: 'evaluate',
  version: 1,
  seed: 1,
  backend: 'kernels',
  source: { kind: 'file', path: 'a.zip', normalizer: null },
  baseline: null,
  environment: 'CartPole-v1',
  seeds,
  purpose: 'test',
};
const model = sampleModel({ inputs: 4, hidden: [6], actions: 2, seed: 3 });
const other = sampleModel({ inputs: 4, hidden: [6], actions: 2, seed: 8 });

const evaluate = (
  change: Partial<EvaluateRecipe> = {},
  options: { baseline?: PolicyModel; breaths?: number; model?: PolicyModel } = {},
): Promise<{ report: EvaluationReport; baseline: EvaluationReport | null }> =>
  evaluateModel({
    model: options.model ?? model,
    baseline: options.baseline ?? null,
    recipe: { ...recipe, ...change },
    backend: testBackend,
    context: recordingContext(options.breaths),
  });

/** One episode, played with the reference pass. */
function playedByReference({ description, parameters }: PolicyModel, seed: number): number {
  const world = new VectorEnvironment(cartPole, 1);
  world.reset(0, seed);
  let total = 0;
  while (world.active[0] === 1) {
    const observation = Array.from(world.observations);
    const [left, right] = referenceForward({ network: description.network, parameters, observation });
    world.step([right! > left! ? 1 : 0]);
    total += world.rewards[0]!;
  }
  return total;
}

it('returns are those of a policy played by the reference pass, on the seeds of the purpose', async () => {
  const test = await evaluate();
  expect(test.report.returns).toEqual([200, 201, 202].map((seed) => playedByReference(model, seed)));
  expect(test.report).toMatchObject({ environment: 'CartPole-v1', deterministic: true, seeds: seeds.test });
  expect(test.report.latency!.medianMicroseconds).toBeGreaterThan(0);
  expect(test).toMatchObject({ baseline: null, report: { agreement: null } });
  const validation = await evaluate({ purpose: 'validation' });
  expect(validation.report.returns).toEqual([100, 101, 102, 103].map((seed) => playedByReference(model, seed)));
});

it('a baseline plays the same episodes, and is agreed with or not', async () => {
  const { report, baseline } = await evaluate({}, { baseline: other });
  expect(baseline!.returns).toEqual([200, 201, 202].map((seed) => playedByReference(other, seed)));
  expect(report.agreement!.share).toBeLessThan(1);
  const same = await evaluate({}, { baseline: model });
  expect(same.report.agreement).toMatchObject({ kind: 'discrete', share: 1 });
});

describe('refuses', () => {
  it('seeds that overlap', async () => {
    const attempt = evaluate({ seeds: { ...seeds, test: { first: 5, count: 3 } } });
    await expect(attempt).rejects.toThrow(SeedOverlapError);
  });

  it('a model, or a baseline, made for another world', async () => {
    const strange = sampleModel({ inputs: 3 });
    await expect(evaluate({}, { model: strange })).rejects.toThrow(ModelDoesNotFitError);
    await expect(evaluate({}, { baseline: strange })).rejects.toThrow(ModelDoesNotFitError);
  });

  it('to make a result of episodes that were stopped', async () => {
    await expect(evaluate({}, { breaths: 2 })).rejects.toThrow(EvaluationStoppedError);
  });
});

describe('a measurement', () => {
  const measure = (breaths?: number): ReturnType<typeof measureModel> =>
    measureModel({
      model,
      environment: cartPole,
      seeds,
      backend: testBackend,
      random: new Random(1),
      context: recordingContext(breaths),
      what: 'the model',
    });

  it('counts the network, and plays both purposes', async () => {
    const { count, validation, test, bytes } = await measure();
    expect(count).toEqual(countNetwork(model.description.network, model.parameters, model.masks));
    expect(bytes).toBeGreaterThan(4 * count.parameters);
    expect(test.returns).toEqual([200, 201, 202].map((seed) => playedByReference(model, seed)));
    expect(validation.seeds).toEqual(seeds.validation);
  });

  it('is finished also when the person has asked to stop: what is kept has to be measured', async () => {
    expect((await measure(0)).test.returns).toEqual((await measure()).test.returns);
  });
});
