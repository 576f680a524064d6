// Cards as a person wants to see them: those that they look for, in the order that they chose; and the nine that keys open.
import type { ProjectCard } from '../../src-main/contract/api/projects.ts';

export const projectOrders = ['changed', 'opened', 'name', 'sparsity', 'kept'] as const;
export type ProjectOrder = (typeof projectOrders)[number];

const RECENT = 9;

type Compare = (a: ProjectCard, b: ProjectCard) => number;

function contains(card: ProjectCard, word: string): boolean {
  const texts = [card.project.name, card.project.environmentId, card.dense?.name ?? '', card.best?.name ?? ''];
  return texts.some((text) => text.toLowerCase().includes(word));
}

/** The largest first; what has no figure last. */
const byFigure =
  (figure: (card: ProjectCard) => number | undefined): Compare =>
  (a, b) =>
    (figure(b) ?? -Infinity) - (figure(a) ?? -Infinity) || byChange(a, b);

const byChange: Compare = (a, b) => b.changedAt - a.changedAt;

function byOpening(opened: readonly string[]): Compare {
  const place = new Map(opened.map((id, index) => [id, index]));
  const of = ({ project }: ProjectCard): number => place.get(project.id) ?? opened.length;
  return (a, b) => of(a) - of(b) || byChange(a, b);
}

function comparing(order: ProjectOrder, opened: readonly string[]): Compare {
  switch (order) {
    case 'changed':
      return byChange;
    case 'opened':
      return byOpening(opened);
    case 'name':
      return (a, b) => a.project.name.localeCompare(b.project.name, undefined, { numeric: true }) || byChange(a, b);
    case 'sparsity':
      return byFigure(({ best }) => best?.sparsity);
    case 'kept':
      return byFigure(({ best }) => best?.kept);
  }
}

/** @param opened ids of projects, the last opened first */
export function arrange(
  cards: readonly ProjectCard[],
  {
    query,
    order,
    opened,
  }: { readonly query: string; readonly order: ProjectOrder; readonly opened: readonly string[] },
): readonly ProjectCard[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return cards.filter((card) => words.every((word) => contains(card, word))).sort(comparing(order, opened));
}

/** What Ctrl+1 … Ctrl+9 open: the last opened, then the last changed. */
export function recentProjects(cards: readonly ProjectCard[], opened: readonly string[]): readonly ProjectCard[] {
  return [...cards].sort(byOpening(opened)).slice(0, RECENT);
}
