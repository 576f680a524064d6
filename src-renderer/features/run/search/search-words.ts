// How a search went, and what would help where it fell short.
import type { Advice, SearchReport } from '../../../../src-main/contract/search.ts';
import { formatKept } from '../../../text/intervals.ts';
import type { Messages } from '../../../text/messages.ts';
import { formatBytes, formatCount, formatDuration, formatMicroseconds, formatPercent } from '../../../text/numbers.ts';

type SearchTexts = Messages['search'];

function adviceOf(advice: Advice, target: SearchReport['target'], t: SearchTexts): string {
  switch (advice.kind) {
    case 'ask-less': {
      const format = { return: formatKept, bytes: formatBytes, latency: formatMicroseconds }[target];
      return t.advice['ask-less'][target](format(advice.reached));
    }
    case 'heal-longer':
      return t.advice['heal-longer'](formatCount(advice.updates));
    case 'remove-less':
    case 'remove-more':
      return t.advice[advice.kind](formatPercent(advice.sparsity));
    case 'try-more':
      return t.advice['try-more'](formatCount(advice.tried), formatCount(advice.possible));
    case 'remove-units':
    case 'more-time':
      return t.advice[advice.kind];
  }
}

export function searchRemarks(search: SearchReport, t: SearchTexts): string[] {
  const { rungs, front, possible, target, met, advice, cut, processes, seconds } = search;
  const sum = (of: (rung: SearchReport['rungs'][number]) => number): number =>
    rungs.reduce((total, rung) => total + of(rung), 0);
  const failed = sum((rung) => rung.failed);
  // Not as many as were planned, when it was cut short.
  const entered = rungs[0]?.finished ?? 0;
  const last = rungs.at(-1)?.finished ?? 0;
  return [
    ...(met ? [] : [t.outcome.missed]),
    ...(advice.length === 0 ? [] : [t.outcome.help(advice.map((one) => adviceOf(one, target, t)).join(t.outcome.or))]),
    ...(cut === null ? [] : [t.outcome.cut[cut]]),
    t.outcome.trials(formatCount(sum((rung) => rung.finished)), formatDuration(seconds), formatCount(processes)) +
      ' ' +
      t.outcome.entered(formatCount(entered), formatCount(possible), formatCount(last), formatCount(front.length)),
    ...(failed === 0 ? [] : [t.outcome.failed(formatCount(failed))]),
  ];
}
