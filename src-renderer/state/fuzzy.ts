// What a person means by a few letters: they occur in order, the closer together and the nearer to beginnings the better.

export interface FuzzyMatch {
  /** Higher is better; comparable between texts for the same query. */
  readonly score: number;
  /** Indices of the letters that were matched, ascending. */
  readonly indices: readonly number[];
}

const FOLLOWS = 6;
const BEGINS_WORD = 8;
const BEGINS_TEXT = 4;
/** Per letter that is skipped inside of a match, up to a limit: far is far. */
const GAP = 0.5;
const WIDEST_GAP = 10;
/** Per letter of the text: of two equal matches the shorter text is meant. */
const LENGTH = 0.05;

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** "pole" is a word of "CartPole". */
function beginsWord(text: readonly string[], index: number): boolean {
  const [before, letter] = [text[index - 1], text[index]];
  if (index === 0) return true;
  return (isLetter(letter) && !isLetter(before)) || (/\p{Lu}/u.test(letter!) && /\p{Ll}/u.test(before!));
}

/**
 * The best way to find a word's letters in order. Dynamic programming over letters and places:
 * best[i] is the score of the letters so far with the last of them at i.
 */
function matchWord(word: readonly string[], lower: readonly string[], text: readonly string[]): FuzzyMatch | null {
  let best: (FuzzyMatch | null)[] = [];
  for (const [letter, wanted] of word.entries()) {
    best = lower.map((character, index): FuzzyMatch | null => {
      if (character !== wanted) return null;
      const own = 1 + (beginsWord(text, index) ? BEGINS_WORD : 0) + (index === 0 ? BEGINS_TEXT : 0);
      if (letter === 0) return { score: own, indices: [index] };
      let found: FuzzyMatch | null = null;
      for (let before = 0; before < index; before++) {
        const previous = best[before];
        if (previous == null) continue;
        const gap = index - before - 1;
        const score = previous.score + own + (gap === 0 ? FOLLOWS : -GAP * Math.min(gap, WIDEST_GAP));
        if (found === null || score > found.score) found = { score, indices: [...previous.indices, index] };
      }
      return found;
    });
  }
  return best.reduce(
    (most, match) => (match !== null && (most === null || match.score > most.score) ? match : most),
    null,
  );
}

/**
 * Every word of the query is found by itself, whatever the order of the words.
 * @returns null when one is not to be found; an empty query is found in everything
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  // Letter by letter, so that an index means the same in both.
  const letters = Array.from(text);
  const lower = letters.map((letter) => letter.toLowerCase());
  const indices = new Set<number>();
  let score = -LENGTH * letters.length;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const match = matchWord(Array.from(word), lower, letters);
    if (match === null) return null;
    score += match.score;
    for (const index of match.indices) indices.add(index);
  }
  return { score, indices: [...indices].sort((a, b) => a - b) };
}

/** A text in runs that were matched and runs that were not, for showing. */
export function matchedParts(
  text: string,
  indices: readonly number[],
): readonly { readonly text: string; readonly matched: boolean }[] {
  const matched = new Set(indices);
  const parts: { text: string; matched: boolean }[] = [];
  for (const [index, letter] of Array.from(text).entries()) {
    const last = parts.at(-1);
    if (last?.matched === matched.has(index)) last.text += letter;
    else parts.push({ text: letter, matched: matched.has(index) });
  }
  return parts;
}
