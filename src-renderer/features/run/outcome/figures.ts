// Everything that was measured of both policies, as rows: before, after, and what changed.
import type { ReturnSummary } from '../../../../src-main/contract/evaluation.ts';
import type { AnyPruneReport, PruneReport } from '../../../../src-main/contract/prune-report.ts';
import { formatChange, formatDifference, formatKept, formatWithInterval } from '../../../text/intervals.ts';
import { formatBytes, formatCount, formatMicroseconds } from '../../../text/numbers.ts';
import type { Messages } from '../../../text/messages.ts';

export interface FigureRow {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

type Format = (value: number) => string;

const row = (label: string, before: number, after: number, format: Format): FigureRow => ({
  label,
  before: format(before),
  after: format(after),
  change: formatChange(before, after),
});

const meanOf = ({ mean, meanInterval }: ReturnSummary): string => formatWithInterval(mean, meanInterval);

/** What both policies cost. */
export function costFigures({ dense, pruned }: AnyPruneReport, t: Messages['run']['outcome']): FigureRow[] {
  return [
    row(t.rows.weights, dense.count.nonzeroWeights, pruned.count.nonzeroWeights, formatCount),
    row(t.rows.neurons, dense.count.hiddenUnits, pruned.count.hiddenUnits, formatCount),
    row(t.rows.macs, dense.count.macs, pruned.count.macs, formatCount),
    row(t.rows.bytes, dense.bytes, pruned.bytes, formatBytes),
    row(t.rows.latency, dense.latency.medianMicroseconds, pruned.latency.medianMicroseconds, formatMicroseconds),
    row(t.rows.latencyP95, dense.latency.p95Microseconds, pruned.latency.p95Microseconds, formatMicroseconds),
  ];
}

export function figuresOf(report: PruneReport, t: Messages['run']['outcome']): FigureRow[] {
  const { dense, pruned, testDifference, keptOnTest, keptOnValidation } = report;
  const { mean, meanInterval } = testDifference;
  const returns = (purpose: 'validation' | 'test', kept: number): FigureRow => ({
    label: t.rows[purpose],
    before: meanOf(dense[purpose].summary),
    after: meanOf(pruned[purpose].summary),
    change: t.kept(formatKept(kept)),
  });
  return [
    ...costFigures(report, t),
    returns('validation', keptOnValidation),
    returns('test', keptOnTest),
    { label: t.rows.difference, before: '', after: '', change: formatDifference(mean, meanInterval) },
  ];
}
