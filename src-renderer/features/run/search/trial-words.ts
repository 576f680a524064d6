// How a trial prunes, in a line: in names of this language where it has them, else as recipes and the command line say it.
import type { SearchTrial } from '../../../../src-main/contract/search.ts';
import type { Messages } from '../../../text/messages.ts';
import { formatPercent } from '../../../text/numbers.ts';

/** "3.12": the rung, counted from 1, and the number of the way of pruning; as on the command line. */
export const nameOf = ({ rung, number }: SearchTrial): string => `${rung + 1}.${number}`;

export function howOf({ recipe: { granularity, method } }: SearchTrial, { search, methods }: Messages): string {
  const name = (kind: string, id: string): string => methods[`${kind} ${id}`]?.name ?? id;
  const pieces = name('granularity', granularity);
  if (method.kind === 'automatic') return `${pieces} · ${search.automatic}`;
  const { amount, criterion, allocation, recovery } = method;
  return [
    amount.kind === 'sparsity' ? `${pieces} ${formatPercent(amount.sparsity)}` : pieces,
    name('criterion', criterion),
    name('allocation', allocation),
    ...(recovery.method === 'none' ? [] : [name('recovery', recovery.method)]),
  ].join(' · ');
}
