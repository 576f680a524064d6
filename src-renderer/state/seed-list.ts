// Seeds as people write them: "0", "1, 5, 9", "0-4".

/** More runs at once than anybody wants to wait for. */
export const MOST_SEEDS = 32;

/** @returns the seeds, each once, in order; null when that is not what was written, or too many */
export function readSeeds(text: string): readonly number[] | null {
  const seeds = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter((piece) => piece !== '')) {
    const range = /^(\d+)(?:\s*[-–]\s*(\d+))?$/.exec(part);
    if (range === null) return null;
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (last < first || last - first >= MOST_SEEDS || !Number.isSafeInteger(last)) return null;
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  return seeds.size === 0 || seeds.size > MOST_SEEDS ? null : [...seeds].sort((a, b) => a - b);
}
