// What a search has tried, as a table.
import { isMeasured, type SearchReport, type SearchTrial } from '../../contract/search.ts';
import {
  formatBytes,
  formatCount,
  formatMicroseconds,
  formatShare,
  formatWithInterval,
} from '../../services/report/numbers.ts';
import { describeMethod, trialName } from '../../services/search/describe-trial.ts';
import { renderTable } from './table.ts';

/** "chosen", "front", or nothing; of a search that is not finished nothing is said yet. */
function markOf({ rung, number }: SearchTrial, search: SearchReport | null): string {
  const is = (key: SearchReport['chosen']): boolean => key.rung === rung && key.number === number;
  if (search === null) return '';
  if (is(search.chosen)) return 'chosen';
  return search.front.some(is) ? 'front' : '';
}

function rowOf(trial: SearchTrial, search: SearchReport | null): string[] {
  const head = [trialName(trial), describeMethod(trial)];
  if (!isMeasured(trial)) {
    return [...head, '–', '–', '–', trial.outcome.kind === 'failed' ? trial.outcome.problem.code : '', '', ''];
  }
  const { weights, bytes, latency, meanReturn, meanInterval, keptShare } = trial.outcome.measured;
  return [
    ...head,
    formatCount(weights),
    formatBytes(bytes),
    latency === null ? '–' : formatMicroseconds(latency.medianMicroseconds),
    formatWithInterval(meanReturn, meanInterval),
    formatShare(keptShare),
    markOf(trial, search),
  ];
}

/** The last rung first: that is where the answer is. */
export function trialTable(trials: readonly SearchTrial[], search: SearchReport | null): string[] {
  const ordered = trials.toSorted((a, b) => b.rung - a.rung || a.number - b.number);
  return renderTable(
    [
      { title: 'trial' },
      { title: 'how' },
      { title: 'weights', align: 'right' },
      { title: 'file', align: 'right' },
      { title: 'latency', align: 'right' },
      { title: 'return on validation', align: 'right' },
      { title: 'kept', align: 'right' },
      { title: '' },
    ],
    ordered.map((trial) => rowOf(trial, search)),
  );
}
