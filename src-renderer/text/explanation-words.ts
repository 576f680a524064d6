// What is said of a policy from its weights alone, in the language at hand.
import type { Messages } from './messages.ts';
import { formatCount, formatPercent } from './numbers.ts';

/** As `Explanation` of the contract; texts know nobody. */
interface Explained {
  readonly inputs: number;
  readonly unread: readonly { readonly index: number; readonly name: string | null }[];
  readonly constantLayers: readonly string[];
  readonly constantAction: boolean;
  readonly zeros: number;
  readonly weights: number;
}

/** More names than this are counted. */
const MOST_NAMED = 8;

export function explanationWords(explanation: Explained, t: Messages['explanation']): string[] {
  const { inputs, unread, constantLayers, constantAction, zeros, weights } = explanation;
  const names = unread
    .slice(0, MOST_NAMED)
    .map(({ index, name }) => (name === null ? t.input(String(index)) : t.named(t.inputName(name), String(index))));
  const more = unread.length - names.length;
  const listed = t.list(more > 0 ? [...names, t.more(formatCount(more))] : names);
  return [
    ...(constantAction ? [t.constantAction] : []),
    ...(!constantAction && unread.length > 0
      ? [t.unread(listed, formatCount(inputs - unread.length), formatCount(inputs))]
      : []),
    ...(constantLayers.length > 0 ? [t.constantLayers(t.list(constantLayers))] : []),
    ...(zeros > 0 ? [t.zeros(formatPercent(zeros / weights))] : []),
  ];
}
