/**
 * What nothing else is at least as good as in both respects and better in one, in the order given; equals stay together.
 * @param worth of an item in the two respects, the more the better
 */
export function paretoFront<T>(items: readonly T[], worth: (item: T) => readonly [number, number]): T[] {
  const ranked = items.map((item, index) => ({ index, worth: worth(item) }));
  ranked.sort((a, b) => b.worth[0] - a.worth[0] || b.worth[1] - a.worth[1]);
  const front = new Set<number>();
  let best: readonly [number, number] | null = null;
  // Whoever comes earlier is at least as good in the first respect: what is left is the second.
  for (const { index, worth: own } of ranked) {
    const equals = best !== null && own[0] === best[0] && own[1] === best[1];
    if (best !== null && own[1] <= best[1] && !equals) continue;
    front.add(index);
    best = own;
  }
  return items.filter((_, index) => front.has(index));
}
