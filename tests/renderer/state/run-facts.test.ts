// What a run is, in one line of either language, out of its recipe; and what can be asked of it as it stands.
import { expect, it } from 'vitest';
import type { RunItem } from '../../../src-main/contract/api/runs.ts';
import { runStatusSchema, type RunStatus } from '../../../src-main/contract/entity.ts';
import type { Recipe } from '../../../src-main/contract/recipe.ts';
import { actionsOf, belongs, jobFilters } from '../../../src-renderer/state/job-list.ts';
import { readRun, runStandings, standingOf } from '../../../src-renderer/state/run-facts.ts';
import { en } from '../../../src-renderer/text/en/en.ts';
import { runTitle } from '../../../src-renderer/text/run-title.ts';
import { zh } from '../../../src-renderer/text/zh/zh.ts';
import { byHand, evaluateRecipe, pruneRecipe, trainRecipe } from '../../contract/recipes.ts';

let runs = 0;

function item(recipe: unknown, status: RunStatus = 'queued', activity: RunItem['activity'] = null): RunItem {
  const kind = (recipe as Recipe).kind;
  return {
    run: {
      id: `run-${runs++}`,
      projectId: 'p',
      kind,
      status,
      recipe: JSON.parse(JSON.stringify(recipe)) as RunItem['run']['recipe'],
      seed: 0,
      versions: { secateur: '0', node: '24', backend: 'kernels' },
      problem: null,
      hostId: 'h',
      createdAt: 0,
      startedAt: null,
      endedAt: null,
    },
    activity,
    progress: null,
  };
}

const model = { kind: 'model', id: 'm1' } as const;
const automatic = (target: object): object => ({ method: { kind: 'automatic', target } });
const pruned = (changes: object): Recipe => pruneRecipe(model, changes);
const bare = (text: string): string => text.replaceAll('\u202f', ' ');

it.each([
  [trainRecipe({}), 'Train DQN on CartPole-v1', '在 CartPole-v1 上训练 DQN'],
  [
    pruned({ ...automatic({ kind: 'return', keep: 0.95 }), granularity: 'neuron' }),
    'Prune neurons, keep 95 % of the return',
    '剪除神经元，保留 95 % 的回报',
  ],
  [
    pruned({ ...automatic({ kind: 'bytes', bytes: 50_000 }), granularity: 'weight' }),
    'Prune weights to at most 50 kB',
    '剪除权重，至多 50 kB',
  ],
  [
    pruned({ ...automatic({ kind: 'latency', microseconds: 20 }), granularity: '2:4' }),
    'Prune weights in 2:4 to at most 20 µs',
    '剪除 2:4 模式的权重，至多 20 µs',
  ],
  [
    pruned({ method: { ...byHand, amount: { kind: 'sparsity', sparsity: 0.9 } }, granularity: 'weight' }),
    'Prune 90 % of the weights',
    '剪除 90 % 的权重',
  ],
  [
    pruned({ method: { ...byHand, amount: { kind: 'threshold', threshold: 0.05 } }, granularity: 'weight' }),
    'Prune weights that score at most 0.05',
    '剪除得分不超过 0.05 的权重',
  ],
  [evaluateRecipe(model), 'Evaluate on test seeds', '在测试种子上评估'],
  [{ kind: 'prune', version: 99 }, 'Prune', '剪枝'],
])('%#: is said in a line', (recipe, english, chinese) => {
  const { facts } = readRun(item(recipe).run);
  expect(bare(runTitle(facts, en.jobs))).toBe(english);
  expect(bare(runTitle(facts, zh.jobs))).toBe(chinese);
});

it('knows which model it is about, where it is one of the store', () => {
  expect(readRun(item(evaluateRecipe(model)).run).sourceId).toBe('m1');
  expect(readRun(item(evaluateRecipe({ kind: 'file', path: 'a.zip', normalizer: null })).run).sourceId).toBeNull();
  expect(readRun(item(trainRecipe({})).run).sourceId).toBeNull();
});

it('stands as its host says while it goes on, and as the store says afterwards', () => {
  expect(standingOf(item(trainRecipe({}), 'running', 'pausing'))).toBe('pausing');
  expect(standingOf(item(trainRecipe({}), 'running', null))).toBe('elsewhere');
  expect(standingOf(item(trainRecipe({}), 'failed', null))).toBe('failed');
  for (const standing of runStandings)
    expect([en.jobs.standings[standing], zh.jobs.standings[standing]]).not.toContain(undefined);
});

it('what has ended cannot be paused, and what goes on cannot be started again', () => {
  for (const status of runStatusSchema.options) {
    const ended = status !== 'queued' && status !== 'running';
    const asked = new Set(actionsOf(item(trainRecipe({}), status, ended ? null : 'going')));
    for (const action of ['pause', 'continue', 'stop', 'cancel'] as const)
      if (ended) expect(asked.has(action)).toBe(false);
    for (const action of ['again', 'resume'] as const) if (!ended) expect(asked.has(action)).toBe(false);
  }
  expect(actionsOf(item(trainRecipe({}), 'interrupted'))).toContain('resume');
  expect(actionsOf(item(evaluateRecipe(model), 'interrupted'))).not.toContain('resume');
});

it('every run is in one filter at most beside "all"', () => {
  for (const status of runStatusSchema.options) {
    const found = jobFilters.filter((filter) => belongs(item(trainRecipe({}), status), filter));
    expect(found[0]).toBe('all');
    expect(found.length).toBe(status === 'cancelled' ? 1 : 2);
  }
});
