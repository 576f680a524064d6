// The same recipe for several seeds: each as it would be alone, and what they have in common.
import { describe, expect, it } from 'vitest';
import { RunControl } from '../../src-main/services/run-control.ts';
import { RunGroup } from '../../src-main/services/run-group.ts';
import { runTrain } from '../../src-main/services/run-train.ts';
import { recipeOfSeed, trainSeeds } from '../../src-main/services/train-seeds.ts';
import { trainRecipe } from '../contract/recipes.ts';
import { openSampleServices } from './sample-services.ts';

describe('trainSeeds', () => {
  it('side by side makes the models that each seed makes alone, and keeps the last step beside the best', async () => {
    const services = await openSampleServices();
    const recipe = { ...trainRecipe({}), keepLast: true };
    const heard = new Set<number>();
    const { outcomes, failures, test, curve } = await trainSeeds(services, recipe, [5, 6], new RunGroup(2), (seed) =>
      heard.add(seed),
    );
    expect(failures).toEqual([]);
    expect(outcomes.map(({ seed }) => seed)).toEqual([5, 6]);
    expect([...heard].sort()).toEqual([5, 6]);
    const alone = await runTrain(services, recipeOfSeed(recipe, 6), new RunControl(), () => undefined);
    const beside = outcomes[1]!.outcome;
    expect(beside.model.artifactHash).toBe(alone.model.artifactHash);
    expect(beside.last!.model.artifactHash).toBe(alone.last!.model.artifactHash);
    expect(beside.last!.model.id).not.toBe(beside.model.id);
    expect(services.store.evaluations.list(beside.last!.model.id).map(({ report }) => report)).toEqual([
      beside.last!.test,
    ]);
    expect(outcomes[0]!.outcome.model.artifactHash).not.toBe(alone.model.artifactHash);
    const returns = outcomes.map(({ outcome }) => outcome.test.summary.mean);
    expect(test!.mean).toBeCloseTo((returns[0]! + returns[1]!) / 2, 9);
    expect(curve.length).toBeGreaterThan(1);
    expect(curve.at(-1)!.step).toBe(recipe.steps);
  });

  it('says what failed', async () => {
    const services = await openSampleServices();
    const recipe = trainRecipe({ environment: 'CartPool-v1' });
    const { outcomes, failures, test } = await trainSeeds(services, recipe, [1, 2], new RunGroup(1), () => undefined);
    expect(outcomes).toEqual([]);
    expect(test).toBeNull();
    expect(failures).toMatchObject([1, 2].map((seed) => ({ seed, problem: { code: 'UnknownNameError' } })));
  });
});

it('what a seed exports has a folder of its own', () => {
  const destination = { folder: 'out', formats: ['onnx'], force: false } as const;
  expect(recipeOfSeed({ ...trainRecipe({}), export: destination }, 7)).toMatchObject({
    seed: 7,
    export: { ...destination, folder: expect.stringMatching(/^out[/\\]seed-7$/) as string },
  });
});
