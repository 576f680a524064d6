import { categories } from '../../charts/palette.ts';

/**
 * A model keeps its colour in every chart: that of its place among the models of its project.
 * @param order ids of the project's models, oldest first
 */
export function modelColor(id: string, order: readonly string[], palette: string): string {
  const colors = categories[palette] ?? categories['okabe-ito']!;
  return colors[Math.max(0, order.indexOf(id)) % colors.length]!;
}
