// The contract as a page uses it, with real workers behind it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { byHand, dataPruneRecipe, evaluateRecipe, pruneRecipe, trainRecipe } from '../contract/recipes.ts';
import { ended, openSampleApplication } from './sample-application.ts';
import { fixtureAgent } from './sample-services.ts';

const fixture = (name: string): { name: string; bytes: Uint8Array } => ({
  name,
  bytes: new Uint8Array(readFileSync(fixtureAgent(name))),
});

it('says what is wrong with a question instead of answering it', async () => {
  const { problem } = await openSampleApplication();
  expect(await problem('projects.burn', null)).toMatchObject({ code: 'UnknownChannelError' });
  expect(await problem('constructor', null)).toMatchObject({ code: 'UnknownChannelError' });
  expect(await problem('projects.rename', { id: '../etc', name: 'x' })).toMatchObject({ code: 'BadRequestError' });
  expect(await problem('projects.rename', { id: 'a', name: ' ' })).toMatchObject({
    code: 'BadRequestError',
    message: expect.stringContaining('name') as string,
  });
  expect(await problem('models.get', { id: 'nobody' })).toMatchObject({ kind: 'not-found' });
  expect(await problem('system.choose-folder', { title: 't', startIn: null })).toMatchObject({ kind: 'unsupported' });
});

it('keeps settings, those that are left out as they were', async () => {
  const { ask, event, services } = await openSampleApplication();
  expect(await ask('settings.read', null)).toEqual(DEFAULT_SETTINGS);
  await ask('settings.write', { theme: 'dark', concurrentRuns: 1 });
  await ask('settings.write', { language: 'zh' });
  expect(services.store.settings.read()).toEqual({
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    concurrentRuns: 1,
    language: 'zh',
  });
  await event(({ type }) => type === 'settings');
});

describe('importing', () => {
  it('puts an agent where its name says it belongs, and knows it again', async () => {
    const { ask } = await openSampleApplication();
    const first = await ask('models.import', {
      file: fixture('dqn-MountainCar-v0.zip'),
      normalizer: null,
      environment: null,
    });
    expect(first).toMatchObject({ known: false, project: { environmentId: 'MountainCar-v0' } });
    const renamed = { ...fixture('dqn-MountainCar-v0.zip'), name: 'agent.zip' };
    const second = await ask('models.import', { file: renamed, normalizer: null, environment: null });
    expect(second).toMatchObject({ known: true, model: { id: first.model.id } });
  });

  it('finds the one environment that a nameless agent fits', async () => {
    const { ask } = await openSampleApplication();
    const file = { ...fixture('a2c-Acrobot-v1.zip'), name: 'policy.zip' };
    const imported = await ask('models.import', {
      file,
      normalizer: fixture('a2c-Acrobot-v1.vecnormalize.pkl'),
      environment: null,
    });
    expect(imported.project.environmentId).toBe('Acrobot-v1');
    expect(imported.model.description.network.input.normalizer).toBeDefined();
  });

  it.each([
    ['garbage', { name: 'agent.zip', bytes: new TextEncoder().encode('not a model') }, null],
    ['an agent of another environment', fixture('a2c-Acrobot-v1.zip'), 'CartPole-v1'],
    ['an environment that nobody knows', fixture('a2c-Acrobot-v1.zip'), 'Chess-v0'],
  ])('%s is refused and leaves nothing behind', async (_, file, environment) => {
    const { problem, ask } = await openSampleApplication();
    const { kind, hint } = await problem('models.import', { file, normalizer: null, environment });
    expect(['bad-input', 'not-found', 'unsupported']).toContain(kind);
    expect(hint).not.toBe('');
    expect(await ask('projects.list', null)).toEqual([]);
  });
});

it('a whole path: sample, evaluation, pruning, the card, the details, undo', async () => {
  const { ask, event } = await openSampleApplication();
  const { model, project } = await ask('models.import-sample', null);
  const source = { kind: 'model', id: model.id } as const;
  const evaluation = await ask('runs.start', { recipe: evaluateRecipe(source) });
  await event(ended(evaluation.id, 'finished'));
  const method = { ...byHand, amount: { kind: 'sparsity', sparsity: 0.2 } } as const;
  const pruning = await ask('runs.start', { recipe: pruneRecipe(source, { method }) });
  await event(ended(pruning.id, 'finished'));

  const { outcome, metricNames } = await ask('runs.get', { id: pruning.id });
  if (outcome?.kind !== 'prune' || outcome.report.measure === 'agreement') throw new Error('the run has no outcome');
  expect(outcome.parentId).toBe(model.id);
  expect(metricNames).toBeInstanceOf(Array);
  const detail = await ask('models.get', { id: outcome.modelId });
  expect(detail.ancestors.map(({ id }) => id)).toEqual([model.id]);
  expect(detail.recipe).toEqual(pruneRecipe(source, { method }));
  expect(detail.outcome).toEqual(outcome);
  expect(detail.test?.report.summary.mean).toBe(outcome.report.pruned.test.summary.mean);

  const [card] = await ask('projects.list', null);
  expect(card).toMatchObject({ models: 2, activeRuns: 0, dense: { modelId: model.id, weights: 67_072 } });
  expect(card?.points.map(({ sparsity }) => sparsity)[0]).toBe(0);
  const items = await ask('models.list', { projectId: project.id });
  expect(items.map((item) => item.test?.modelId)).toEqual([model.id, outcome.modelId]);

  const named = { projectId: project.id, deleted: false };
  expect(await ask('models.names', null)).toEqual([
    { id: model.id, name: model.name, ...named },
    { id: outcome.modelId, name: detail.model.name, ...named },
  ]);
  await ask('models.delete', { id: outcome.modelId });
  expect((await ask('models.names', null)).map(({ deleted }) => deleted)).toEqual([false, true]);
  expect(await ask('models.list', { projectId: project.id })).toHaveLength(1);
  await ask('models.restore', { id: outcome.modelId });
  const copy = await ask('projects.duplicate', { id: project.id, name: 'Copy' });
  const copied = await ask('models.list', { projectId: copy.id });
  expect(copied.map((item) => [item.model.name, item.model.artifactHash, item.test?.report.summary.mean])).toEqual(
    (await ask('models.list', { projectId: project.id })).map((item) => [
      item.model.name,
      item.model.artifactHash,
      item.test?.report.summary.mean,
    ]),
  );
  expect(copied[1]?.model.parentId).toBe(copied[0]?.model.id);
});

describe('runs', () => {
  it('wait their turn, are paused, go on, and are stopped and kept', async () => {
    const { ask, event, events } = await openSampleApplication();
    await ask('settings.write', { concurrentRuns: 1 });
    const first = await ask('runs.start', { recipe: trainRecipe({ steps: 1_000_000_000 }) });
    const second = await ask('runs.start', { recipe: trainRecipe({ seed: 4 }) });
    expect((await ask('runs.get', { id: second.id })).activity).toBe('waiting');
    await event((told) => told.type === 'metrics' && told.runId === first.id);

    await ask('runs.pause', { id: first.id });
    await event((told) => told.type === 'run' && told.run.id === first.id && told.activity === 'paused');
    const paused = await ask('runs.metrics-after', { id: first.id, sequence: -1 });
    expect(await ask('runs.metrics-after', { id: first.id, sequence: -1 })).toEqual(paused);
    await ask('runs.continue', { id: first.id });
    await ask('runs.stop', { id: first.id });
    await event(ended(first.id, 'finished'));
    expect((await ask('runs.get', { id: first.id })).outcome).toMatchObject({ kind: 'train', stopped: true });

    await event(ended(second.id, 'finished'));
    const told = events.flatMap((one) => (one.type === 'metrics' && one.runId === second.id ? one.points : []));
    const stored = await ask('runs.metrics-after', { id: second.id, sequence: -1 });
    expect(told).toEqual(stored);
    // A page that is opened now sees the same.
    const { through, series } = await ask('runs.history', { id: second.id, buckets: 1000 });
    expect(through).toBe(stored.at(-1)!.sequence);
    const drawn = series.flatMap(({ name, points }) => points.map((point) => ({ ...point, name })));
    const bySequence = (a: { sequence: number }, b: { sequence: number }): number => a.sequence - b.sequence;
    expect(drawn.sort(bySequence)).toEqual(stored);
  });

  it('are cancelled while they wait and while they compute, and keep nothing', async () => {
    const { ask, event } = await openSampleApplication();
    await ask('settings.write', { concurrentRuns: 1 });
    const going = await ask('runs.start', { recipe: trainRecipe({ steps: 1_000_000_000 }) });
    const waiting = await ask('runs.start', { recipe: trainRecipe({ seed: 4 }) });
    await ask('runs.cancel', { id: waiting.id });
    await event(ended(waiting.id, 'cancelled'));
    await event((told) => told.type === 'progress' && told.runId === going.id);
    await ask('runs.cancel', { id: going.id });
    await event(ended(going.id, 'cancelled'));
    expect(await ask('models.list', { projectId: going.projectId })).toEqual([]);
  });

  it('that cannot begin say why, and those that do not compute cannot be paused', async () => {
    const { ask, problem, event } = await openSampleApplication();
    expect(await problem('runs.start', { recipe: trainRecipe({ environment: 'Chess-v0' }) })).toMatchObject({
      code: 'UnknownNameError',
    });
    const file = { kind: 'file', path: '/etc/passwd', normalizer: null } as const;
    expect(await problem('runs.start', { recipe: pruneRecipe(file) })).toMatchObject({ code: 'SourceNotStoredError' });
    const { model } = await ask('models.import-sample', null);
    const source = { kind: 'model', id: model.id } as const;
    expect(await problem('runs.start', { recipe: dataPruneRecipe(source, '/etc/passwd') })).toMatchObject({
      code: 'ObservationsOnDiskError',
    });
    const gone = { kind: 'stored', hash: 'ab'.repeat(32), name: 'seen.npy' } as const;
    const forgotten = { ...dataPruneRecipe(source, '-'), observations: gone };
    expect(await problem('runs.check', { recipe: forgotten })).toMatchObject({ code: 'ObservationsGoneError' });
    expect(await problem('runs.check', { recipe: pruneRecipe(source, { environment: 'Acrobot-v1' }) })).toMatchObject({
      code: 'ModelDoesNotFitError',
    });
    expect(await ask('runs.check', { recipe: pruneRecipe(source) })).toBeNull();
    const run = await ask('runs.start', { recipe: pruneRecipe(source, { environment: 'Acrobot-v1' }) });
    await event(ended(run.id, 'failed'));
    expect((await ask('runs.get', { id: run.id })).run.problem?.code).toBe('ModelDoesNotFitError');
    for (const channel of ['runs.pause', 'runs.continue', 'runs.stop', 'runs.cancel', 'runs.resume']) {
      expect(await problem(channel, { id: run.id })).toMatchObject({ kind: 'refused' });
    }
  });
});
