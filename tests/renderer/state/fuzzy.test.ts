// Finding by a few letters, against every way to choose them in order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch, matchedParts } from '../../../src-renderer/state/fuzzy.ts';
import { paletteResults, type PaletteEntry } from '../../../src-renderer/state/palette-entries.ts';

/** Letters of the word in order, somewhere. */
function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const letter of text.toLowerCase()) if (letter === word[at]) at++;
  return at === word.length;
}

const word = fc.stringMatching(/^[abc]{1,4}$/);
const text = fc.stringMatching(/^[abcAB -]{0,10}$/);

describe('a match', () => {
  it('is there when, and only when, the letters of every word are there in order', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), text, (words, given) => {
        expect(fuzzyMatch(words.join(' '), given) !== null).toBe(words.every((each) => isSubsequence(each, given)));
      }),
    );
  });

  it('of one word names its letters, one after the other', () => {
    fc.assert(
      fc.property(word, text, (wanted, given) => {
        const match = fuzzyMatch(wanted, given);
        if (match === null) return;
        expect(match.indices.map((index) => given[index]!.toLowerCase()).join('')).toBe(wanted);
        expect([...match.indices].sort((a, b) => a - b)).toEqual(match.indices);
      }),
    );
  });

  it('is never worse than one that begins or continues later in the same text', () => {
    // A prefix of the text that has the letters is one of the ways that were considered.
    fc.assert(
      fc.property(word, text, text, (wanted, head, tail) => {
        const short = fuzzyMatch(wanted, head);
        const long = fuzzyMatch(wanted, head + tail);
        if (short === null) return;
        expect(long!.score).toBeGreaterThanOrEqual(short.score - 0.05 * tail.length - 1e-9);
      }),
    );
  });
});

const entry = (title: string, kind: PaletteEntry['kind'] = 'command'): PaletteEntry => ({
  id: title,
  kind,
  title,
  detail: null,
  shortcut: null,
  run: () => undefined,
});
const find = (query: string, titles: readonly string[], chosen: readonly string[] = []): string[] =>
  paletteResults(
    titles.map((title) => entry(title)),
    query,
    chosen,
  ).map(({ entry: { title } }) => title);

describe('the palette', () => {
  it.each([
    ['gs', ['Go to settings', 'Language: English', 'Go to projects'], 'Go to settings'],
    ['sett', ['Show every test', 'Go to settings'], 'Go to settings'],
    ['dark theme', ['Theme: light', 'Theme: dark'], 'Theme: dark'],
    ['pole', ['Prune the whole of it', 'dqn-CartPole-v1'], 'dqn-CartPole-v1'],
    ['设置', ['前往任务', '前往设置'], '前往设置'],
    ['cart', ['dqn-CartPole-v1, 90 % of the weights pruned', 'dqn-CartPole-v1'], 'dqn-CartPole-v1'],
  ])('by "%s" means the likeliest', (query, titles, first) => {
    expect(find(query, titles)[0]).toBe(first);
  });

  it('prefers what was chosen before among equals', () => {
    expect(find('theme', ['Theme: light', 'Theme: dark!'])[0]).toBe('Theme: light');
    expect(find('theme', ['Theme: light', 'Theme: dark!'], ['Theme: dark!'])[0]).toBe('Theme: dark!');
  });

  it('begins with what was chosen last, then every command; places are found by typing', () => {
    const entries = [entry('a'), entry('b'), entry('model', 'model'), entry('other', 'project')];
    const shown = (chosen: string[]): [string, boolean][] =>
      paletteResults(entries, ' ', chosen).map(({ entry: { title }, recent }) => [title, recent]);
    expect(shown([])).toEqual([
      ['a', false],
      ['b', false],
    ]);
    expect(shown(['model', 'gone', 'b'])).toEqual([
      ['model', true],
      ['b', true],
      ['a', false],
    ]);
  });
});

it('the letters that were matched stand out, and nothing is lost', () => {
  expect(matchedParts('Go to settings', [0, 6, 7])).toEqual([
    { text: 'G', matched: true },
    { text: 'o to ', matched: false },
    { text: 'se', matched: true },
    { text: 'ttings', matched: false },
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.array(fc.nat(20)), (given, indices) => {
      expect(
        matchedParts(given, indices)
          .map((part) => part.text)
          .join(''),
      ).toBe(given);
    }),
  );
});
