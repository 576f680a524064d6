// What is wrong with a typed value, in the language of the page: the contract's schemas say it in theirs.
import type { Entered, FieldKind } from '../../state/setting-fields.ts';
import { formatNumber } from '../../text/numbers.ts';
import type { Messages } from '../../text/messages.ts';

type ProblemTexts = Messages['training']['problem'];

/** Null when nothing is wrong. */
export function problemOf(entered: Entered, kind: FieldKind, t: ProblemTexts): string | null {
  if (entered.ok) return null;
  const { issue } = entered;
  if (kind.kind === 'json') return issue === null ? t.json : `${issue.path.join('.')}: ${issue.message}`;
  if (kind.kind === 'counts') return t.counts;
  const bound = (value: number | bigint): string => formatNumber(Number(value), 6);
  switch (issue?.code) {
    case 'too_small':
      return issue.inclusive === false ? t.above(bound(issue.minimum)) : t.atLeast(bound(issue.minimum));
    case 'too_big':
      return issue.inclusive === false ? t.below(bound(issue.maximum)) : t.atMost(bound(issue.maximum));
    default:
      return kind.kind === 'number' && kind.integer ? t.whole : t.number;
  }
}
