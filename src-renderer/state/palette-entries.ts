// What the palette offers for what was typed.
import { fuzzyMatch } from './fuzzy.ts';

export interface PaletteEntry {
  /** Unique among all of them, the same tomorrow: "command go.jobs", "model 0190…". */
  readonly id: string;
  readonly kind: 'command' | 'project' | 'model';
  readonly title: string;
  /** Where it is, quieter; null for none. */
  readonly detail: string | null;
  readonly shortcut: string | null;
  readonly run: () => void;
}

export interface PaletteResult {
  readonly entry: PaletteEntry;
  /** Letters of the title that were matched. */
  readonly indices: readonly number[];
  /** Chosen before, and nothing was typed. */
  readonly recent: boolean;
}

const MOST_RECENT = 5;
const MOST = 60;
/** What was chosen before is likelier to be meant again: as much as a letter at the beginning of a word. */
const CHOSEN_BEFORE = 8;

/** @param chosen ids of entries, the last chosen first */
export function paletteResults(
  entries: readonly PaletteEntry[],
  query: string,
  chosen: readonly string[],
): readonly PaletteResult[] {
  if (query.trim() === '') {
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const recent = chosen.flatMap((id) => byId.get(id) ?? []).slice(0, MOST_RECENT);
    const others = entries.filter((entry) => entry.kind === 'command' && !recent.includes(entry));
    return [
      ...recent.map((entry) => ({ entry, indices: [], recent: true })),
      ...others.map((entry) => ({ entry, indices: [], recent: false })),
    ];
  }
  const before = new Set(chosen);
  return entries
    .flatMap((entry) => {
      const match = fuzzyMatch(query, entry.title);
      if (match === null) return [];
      const score = match.score + (before.has(entry.id) ? CHOSEN_BEFORE : 0);
      return [{ score, result: { entry, indices: match.indices, recent: false } }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ result }) => result);
}
