// Recipes carried out by real workers: what is made of them, and that it is always the same.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNASSIGNED } from '../../src-main/contract/entity.ts';
import { recipeSchema, type ManualMethod } from '../../src-main/contract/recipe.ts';
import { RunControl } from '../../src-main/services/run-control.ts';
import { runRecipe, type RunOutcome } from '../../src-main/services/run-recipe.ts';
import { allModels } from '../../src-main/services/resolve-source.ts';
import {
  byHand,
  dataPruneRecipe,
  evaluateRecipe,
  exportRecipe,
  pruneRecipe,
  trainRecipe,
} from '../contract/recipes.ts';
import { npyOf } from '../engine/formats/observations/write-npy.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { fixtureAgent, openSampleServices, runWatched, sampleSource } from './sample-services.ts';

const WEIGHTS = 67_072;

function expectKind<Kind extends RunOutcome['kind']>(
  outcome: RunOutcome,
  kind: Kind,
): Extract<RunOutcome, { kind: Kind }> {
  expect(outcome.kind).toBe(kind);
  return outcome as Extract<RunOutcome, { kind: Kind }>;
}

describe('pruning by hand', () => {
  const amount = (sparsity: number) => ({ kind: 'sparsity', sparsity }) as const;

  it.each<[string, Partial<ManualMethod>, string, (weights: number, units: number) => boolean]>([
    [
      'everything up to λ',
      { amount: { kind: 'threshold', threshold: 0.05 } },
      'weight',
      (weights) => weights < WEIGHTS / 2,
    ],
    [
      'on a schedule with distillation',
      {
        amount: amount(0.9),
        allocation: 'erk',
        schedule: 'polynomial',
        recovery: { method: 'distill', updates: 300 },
      },
      'weight',
      (weights) => weights <= 0.1 * WEIGHTS && weights > 0.05 * WEIGHTS,
    ],
    [
      'in rounds with fine-tuning',
      { amount: amount(0.75), schedule: 'iterative', recovery: { method: 'fine-tune', updates: 200 } },
      'weight',
      (weights) => weights <= 0.25 * WEIGHTS && weights > 0.1 * WEIGHTS,
    ],
    [
      'neurons with evolution',
      { criterion: 'activity', amount: amount(0.96), recovery: { method: 'evolve', updates: 2 } },
      'neuron',
      (_, units) => units > 0 && units <= 21,
    ],
  ])('%s', async (_, method, granularity, holds) => {
    const services = await openSampleServices();
    const recipe = pruneRecipe(sampleSource, { granularity, method: { ...byHand, ...method } });
    const { outcome, events } = await runWatched(services, recipe);
    const { model, parent, report } = expectKind(outcome, 'prune');
    expect(parent.counts.weights).toBe(WEIGHTS);
    expect(model.parentId).toBe(parent.id);
    expect(model.counts.nonzeroWeights).toBe(report.pruned.count.nonzeroWeights);
    expect(holds(model.counts.nonzeroWeights, model.counts.hiddenUnits)).toBe(true);

    const { store } = services;
    expect(store.evaluations.list(parent.id).map(({ purpose }) => purpose)).toEqual(['validation', 'test']);
    expect(store.evaluations.list(model.id).map(({ purpose }) => purpose)).toEqual(['validation', 'test']);
    const run = store.runs.get(model.runId!);
    expect(run).toMatchObject({ status: 'finished', kind: 'prune', seed: recipe.seed });
    expect(recipeSchema.parse(run.recipe)).toEqual(recipe);
    expect(events.map(({ type }) => type)).toContain('progress');
  });
});

it('automatic pruning plays on all cores of a worker, polishes and confirms', async () => {
  const services = await openSampleServices();
  const method = { kind: 'automatic', target: { kind: 'return', keep: 0.9 } } as const;
  const recipe = pruneRecipe(sampleSource, { granularity: 'neuron', method });
  const { model, parent, report } = expectKind((await runWatched(services, recipe)).outcome, 'prune');
  expect(model.counts.hiddenUnits).toBeLessThan(parent.counts.hiddenUnits / 10);
  expect(report.trials.some(({ accepted }) => accepted)).toBe(true);
});

describe('pruning on observations', () => {
  it('a model of no environment, measured by agreement alone, exported with a report that says so', async () => {
    const services = await openSampleServices();
    const folder = temporaryFolder();
    const path = join(folder, 'seen.npy');
    const rows = Float32Array.from({ length: 4 * 600 }, (_, i) => Math.sin(i * i));
    writeFileSync(path, npyOf(rows, [600, 4]));
    const destination = { folder: join(folder, 'out'), formats: ['safetensors'], force: false } as const;
    const recipe = dataPruneRecipe(sampleSource, path, { export: destination });
    const { outcome } = await runWatched(services, recipe);
    const { model, parent, report } = expectKind(outcome, 'prune');
    if (report.measure !== 'agreement') throw new Error('nothing could be played');
    const { store } = services;
    expect(store.projects.get(parent.projectId).environmentId).toBe(UNASSIGNED);
    expect(model.counts.nonzeroWeights).toBe(report.pruned.count.nonzeroWeights);
    expect(report.observations).toMatchObject({ file: 'seen.npy', rows: 600, train: 360, validation: 120, test: 120 });
    expect(report.observations.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    // No return was measured, so none is kept.
    expect([...store.evaluations.list(parent.id), ...store.evaluations.list(model.id)]).toEqual([]);
    expect(store.outcomes.get(model.runId!)).toMatchObject({ kind: 'prune', report: { measure: 'agreement' } });
    const written = readFileSync(join(folder, 'out', 'report.md'), 'utf8');
    expect(written).toContain('How it acts was not measured');
    expect(written).not.toContain('Return on test');

    const again = expectKind((await runWatched(services, { ...recipe, export: null })).outcome, 'prune');
    expect(again.parent.id).toBe(parent.id);
    expect(again.model.artifactHash).toBe(model.artifactHash);
  });

  it('a damaged file fails the run, with row and column', async () => {
    const services = await openSampleServices();
    const path = join(temporaryFolder(), 'seen.csv');
    writeFileSync(path, 'x,v,angle,w\n0,1,2,3\n0,1,nan,3\n');
    await expect(runWatched(services, dataPruneRecipe(sampleSource, path))).rejects.toMatchObject({
      problem: { code: 'NonFiniteObservationError', message: expect.stringContaining('row 2, column 3') as string },
    });
    expect(services.store.runs.newest({ projectId: null, limit: 1 })[0]).toMatchObject({ status: 'failed' });
  });

  it('a file that is not there is found out before anything else', async () => {
    const services = await openSampleServices();
    await expect(runWatched(services, dataPruneRecipe(sampleSource, '/nowhere/seen.npy'))).rejects.toThrow('seen.npy');
    expect(allModels(services.store)).toEqual([]);
  });
});

it('the same recipe gives the same bytes, in another store and from the store itself', async () => {
  const recipe = pruneRecipe(sampleSource, {
    method: { ...byHand, amount: { kind: 'sparsity', sparsity: 0.9 }, recovery: { method: 'distill', updates: 100 } },
  });
  const [one, other] = [await openSampleServices(), await openSampleServices()];
  const first = expectKind((await runWatched(one, recipe)).outcome, 'prune');
  const again = expectKind((await runWatched(other, recipe)).outcome, 'prune');
  expect(again.model.artifactHash).toBe(first.model.artifactHash);

  const stored = { ...recipe, source: { kind: 'model', id: first.parent.id } as const };
  const third = expectKind((await runWatched(one, stored)).outcome, 'prune');
  expect(third.model.artifactHash).toBe(first.model.artifactHash);
  const seeded = expectKind((await runWatched(one, { ...stored, seed: 4 })).outcome, 'prune');
  expect(seeded.model.artifactHash).not.toBe(first.model.artifactHash);
});

it('a file is imported once for each environment it is used in', async () => {
  const services = await openSampleServices();
  const evaluate = evaluateRecipe(sampleSource);
  const first = expectKind((await runWatched(services, evaluate)).outcome, 'evaluate');
  const second = expectKind((await runWatched(services, evaluate)).outcome, 'evaluate');
  expect(second.model.id).toBe(first.model.id);
  expect(allModels(services.store)).toHaveLength(1);
  // It was recognised by its content; where it does not fit it is still refused, and not imported again.
  await expect(runWatched(services, { ...evaluate, environment: 'Acrobot-v1' })).rejects.toMatchObject({
    problem: { code: 'ModelDoesNotFitError' },
  });
  expect(services.store.projects.list().map(({ environmentId }) => environmentId)).toEqual(['CartPole-v1']);
});

it('an agent trained under VecNormalize says so when it comes without its normaliser', async () => {
  const services = await openSampleServices();
  const path = fixtureAgent('a2c-Acrobot-v1.zip');
  const importOnly = (normalizer: string | null) =>
    runWatched(services, { ...evaluateRecipe({ kind: 'file', path, normalizer }), environment: 'Acrobot-v1' });
  const without = await importOnly(null);
  const imported = without.events.find((event) => event.type === 'imported');
  expect(imported?.notes).toContainEqual(expect.stringMatching(/acts differently without its vecnormalize\.pkl/));
  expect(imported?.model.description.network.input.normalizer).toBeUndefined();

  const withIt = await importOnly(fixtureAgent('a2c-Acrobot-v1.vecnormalize.pkl'));
  const complete = withIt.events.find((event) => event.type === 'imported');
  expect(complete?.notes).toEqual([]);
  expect(complete?.model.description.network.input.normalizer?.mean).toHaveLength(6);
  const [one, other] = [without, withIt].map(({ outcome }) => expectKind(outcome, 'evaluate').report.returns);
  expect(one).not.toEqual(other);
});

it('an imported agent is exported in every format, each read back and found the same', async () => {
  const services = await openSampleServices();
  const source = {
    kind: 'file',
    path: fixtureAgent('a2c-Acrobot-v1.zip'),
    normalizer: fixtureAgent('a2c-Acrobot-v1.vecnormalize.pkl'),
  } as const;
  const folder = join(temporaryFolder(), 'new', 'out');
  const recipe = { ...exportRecipe(source, folder), environment: 'Acrobot-v1' };
  const { exported, model } = expectKind((await runWatched(services, recipe)).outcome, 'export');
  expect(exported.checks.map(({ format, differentActions }) => [format, differentActions])).toEqual([
    ['onnx', 0],
    ['tfjs', 0],
    ['safetensors', 0],
  ]);
  for (const { largestDifference } of exported.checks) expect(largestDifference).toBeLessThan(1e-4);
  expect(recipeSchema.parse(JSON.parse(readFileSync(join(folder, 'recipe.json'), 'utf8')))).toEqual(recipe);
  expect(services.store.exports.list(model.id)).toMatchObject([{ folder, formats: ['onnx', 'tfjs', 'safetensors'] }]);
  for (const { path, size } of exported.files) expect(readFileSync(join(folder, path)).byteLength).toBe(size);

  // The recipe that it carries makes the same files again.
  const elsewhere = join(temporaryFolder(), 'again');
  await runWatched(services, { ...recipe, export: { ...recipe.export, folder: elsewhere } });
  for (const { path } of exported.files.filter(({ path: name }) => /^(policy|tfjs)/.test(name))) {
    expect(readFileSync(join(elsewhere, path)), path).toEqual(readFileSync(join(folder, path)));
  }
});

it('a policy is compared with another on the same episodes', async () => {
  const services = await openSampleServices();
  const { outcome } = await runWatched(
    services,
    pruneRecipe(sampleSource, { method: { ...byHand, amount: { kind: 'sparsity', sparsity: 0.99 } } }),
  );
  const { parent, model } = expectKind(outcome, 'prune');
  const id = (of: { readonly id: string }) => ({ kind: 'model', id: of.id }) as const;
  const compared = expectKind((await runWatched(services, evaluateRecipe(id(model), id(parent)))).outcome, 'evaluate');
  expect(compared.baseline?.model.id).toBe(parent.id);
  expect(compared.baseline?.report.seeds).toEqual(compared.report.seeds);
  expect(compared.report.agreement?.share).toBeLessThan(1);
  expect(services.store.evaluations.list(parent.id).length).toBe(3);
});

const GRADUAL = {
  kind: 'gradual',
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.9,
  allocation: 'erk',
  schedule: 'polynomial',
  steps: 10,
  from: 0.2,
  to: 0.8,
} as const;

describe('training', () => {
  it('prunes on the way and leaves a learning curve', async () => {
    const services = await openSampleServices();
    const { model } = expectKind((await runWatched(services, trainRecipe({ pruning: GRADUAL }))).outcome, 'train');
    expect(model.counts.nonzeroWeights).toBeLessThanOrEqual(0.1 * (4 * 32 + 32 * 2) + 1);
    expect(model.counts.nonzeroWeights).toBeGreaterThan(0);
    const { store } = services;
    expect(store.metrics.names(model.runId!)).toEqual(
      expect.arrayContaining(['training return', 'validation return', 'loss']),
    );
    expect(store.metrics.series({ runId: model.runId!, name: 'validation return' }).length).toBeGreaterThan(10);
  });

  it('heals what was pruned, in a worker too', async () => {
    const services = await openSampleServices();
    const pruning = { ...GRADUAL, recovery: 'distill' as const };
    const { outcome, events } = await runWatched(services, trainRecipe({ pruning }));
    expect(expectKind(outcome, 'train').model.counts.nonzeroWeights).toBeLessThanOrEqual(0.1 * (4 * 32 + 32 * 2) + 1);
    expect(JSON.stringify(events)).toContain('distilled from a policy of the run');
  });

  it('in an environment that nobody knows leaves nothing behind', async () => {
    const services = await openSampleServices();
    const recipe = trainRecipe({ environment: 'CartPool-v1' });
    await expect(runRecipe(services, recipe, new RunControl(), () => undefined)).rejects.toMatchObject({
      problem: { code: 'UnknownNameError' },
    });
    expect(services.store.projects.list()).toEqual([]);
  });
});
