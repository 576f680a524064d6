// Cards searched and put into order.
import { expect, it } from 'vitest';
import type { ProjectCard } from '../../../src-main/contract/api/projects.ts';
import { arrange, projectOrders, recentProjects, type ProjectOrder } from '../../../src-renderer/state/project-list.ts';

function card(
  id: string,
  changedAt: number,
  figures: { name?: string; sparsity?: number; kept?: number } = {},
): ProjectCard {
  const { name = id, sparsity, kept = 1 } = figures;
  return {
    project: { id, name, environmentId: 'CartPole-v1', createdAt: 0, deletedAt: null },
    models: 1,
    activeRuns: 0,
    changedAt,
    dense: null,
    best: sparsity === undefined ? null : { modelId: 'm', name: 'best one', weights: 1, sparsity, kept },
    points: [],
  };
}

const cards = [
  card('old', 1, { name: 'Agent 10', sparsity: 0.5, kept: 0.99 }),
  card('new', 3, { name: 'agent 9' }),
  card('mid', 2, { name: 'Beam', sparsity: 0.9, kept: 0.96 }),
];
const ids = (order: ProjectOrder, query = '', opened: string[] = []): string[] =>
  arrange(cards, { query, order, opened }).map(({ project }) => project.id);

it.each([
  ['changed', ['new', 'mid', 'old']],
  ['opened', ['old', 'new', 'mid']],
  ['name', ['new', 'old', 'mid']],
  ['sparsity', ['mid', 'old', 'new']],
  ['kept', ['old', 'mid', 'new']],
] as const)('in the order "%s"', (order, expected) => {
  expect(ids(order, '', ['old', 'gone'])).toEqual(expected);
});

it('every order shows every card', () => {
  for (const order of projectOrders) expect(ids(order).sort()).toEqual(['mid', 'new', 'old']);
});

it('finds all words, in names and environments, whatever their case', () => {
  expect(ids('changed', 'AGENT')).toEqual(['new', 'old']);
  expect(ids('changed', 'agent cart 10')).toEqual(['old']);
  expect(ids('changed', 'best')).toEqual(['mid', 'old']);
  expect(ids('changed', 'acrobot')).toEqual([]);
});

it('keys open the last opened first, then the last changed, nine at most', () => {
  expect(recentProjects(cards, ['mid']).map(({ project }) => project.id)).toEqual(['mid', 'new', 'old']);
  const many = Array.from({ length: 20 }, (_, index) => card(`p${index}`, index));
  expect(recentProjects(many, ['p3'])).toHaveLength(9);
});
