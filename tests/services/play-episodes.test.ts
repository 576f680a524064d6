// Watching: a model plays as it was evaluated, a run plays what it has just now, and looking changes nothing.
import { expect, it } from 'vitest';
import { evaluateRecipe, FEW_SEEDS, trainRecipe } from '../contract/recipes.ts';
import { ended, openSampleApplication, type SampleApplication } from './sample-application.ts';

it('a model plays the episodes that it was evaluated on', async () => {
  const { ask, event } = await openSampleApplication();
  const { model } = await ask('models.import-sample', null);
  const run = await ask('runs.start', { recipe: evaluateRecipe({ kind: 'model', id: model.id }) });
  await event(ended(run.id, 'finished'));
  const { outcome } = await ask('runs.get', { id: run.id });
  if (outcome?.kind !== 'evaluate') throw new Error('the run has no outcome');
  const { first } = FEW_SEEDS.test;
  const played = await ask('episodes.play', { player: { kind: 'model', id: model.id }, seed: first + 1 });
  expect(played?.step).toBeNull();
  const [episode, ...others] = played!.episodes;
  expect(others).toEqual([]);
  expect(episode!.rewards.reduce((sum, reward) => sum + reward, 0)).toBe(outcome.report.returns[1]);
});

it('what does not compute has nothing to show', async () => {
  const { ask, problem, event } = await openSampleApplication();
  const run = await ask('runs.start', { recipe: trainRecipe({ steps: 50 }) });
  await event(ended(run.id, 'finished'));
  expect(await ask('episodes.play', { player: { kind: 'run', id: run.id }, seed: 0 })).toBeNull();
  expect(await problem('episodes.play', { player: { kind: 'run', id: 'nobody' }, seed: 0 })).toMatchObject({
    kind: 'not-found',
  });
});

async function trained({ ask, event }: SampleApplication, watch: (runId: string) => Promise<void>): Promise<string> {
  const run = await ask('runs.start', { recipe: trainRecipe({ steps: 20_000 }) });
  await watch(run.id);
  await event(ended(run.id, 'finished'));
  const { outcome } = await ask('runs.get', { id: run.id });
  if (outcome?.kind !== 'train') throw new Error('the run has no outcome');
  return (await ask('models.get', { id: outcome.modelId })).model.artifactHash;
}

it('a run that is watched plays, paused or not, and comes to the same bytes', async () => {
  const application = await openSampleApplication();
  const { ask, event } = application;
  const alone = await trained(application, () => Promise.resolve());
  const seen = await trained(application, async (runId) => {
    const player = { kind: 'run', id: runId } as const;
    await event((told) => told.type === 'progress' && told.runId === runId);
    await ask('runs.pause', { id: runId });
    await event((told) => told.type === 'run' && told.run.id === runId && told.activity === 'paused');
    const held = await ask('episodes.play', { player, seed: 5, episodes: 4 });
    expect(held!.step).toBeGreaterThan(0);
    expect(held!.episodes.map(({ seed }) => seed)).toEqual([5, 6, 7, 8].slice(0, held!.episodes.length));
    // Held, it has the same policy: the same again.
    expect(await ask('episodes.play', { player, seed: 5, episodes: 4 })).toEqual(held);
    await ask('runs.continue', { id: runId });
    const going = await ask('episodes.play', { player, seed: 5 });
    if (going !== null) expect(going.step).toBeGreaterThanOrEqual(held!.step!);
  });
  expect(seen).toBe(alone);
});
