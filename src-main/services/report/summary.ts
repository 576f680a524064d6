// Before, after and change as rows of a table: the report and the terminal show the same figures.
import type { AnyPruneReport, DataPruneReport, ModelCost, PruneReport } from '../../contract/prune-report.ts';
import { headlineOf, remarksOf, sentenceOf } from './headline.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatDifferenceWithInterval,
  formatMicroseconds,
  formatRelativeChange,
  formatShare,
  formatSharesWithInterval,
  formatWithInterval,
} from './numbers.ts';

export interface SummaryRow {
  readonly label: string;
  /** The dense policy. */
  readonly before: string;
  /** The pruned one. */
  readonly after: string;
  /** Against the dense policy; of returns the share that is kept. Empty where there is none to name. */
  readonly change: string;
}

export interface SummaryGroup {
  readonly title: string;
  readonly rows: readonly SummaryRow[];
}

type Format = (value: number) => string;

function row(label: string, [before, after]: readonly [number, number], format: Format): SummaryRow {
  return {
    label,
    before: format(before),
    after: format(after),
    change: formatRelativeChange(before, after),
  };
}

interface Costs {
  readonly dense: ModelCost;
  readonly pruned: ModelCost;
}

function sizeRows({ dense, pruned }: Costs): SummaryRow[] {
  const [before, after] = [dense.count, pruned.count];
  const rows = [row('Weights', [before.nonzeroWeights, after.nonzeroWeights], formatCount)];
  const hasZeros = [before, after].some((count) => count.nonzeroWeights !== count.weights);
  if (hasZeros) rows.push(row('Weights, zeros included', [before.weights, after.weights], formatCount));
  rows.push(
    row('Hidden neurons', [before.hiddenUnits, after.hiddenUnits], formatCount),
    row('Multiply-accumulates', [before.macs, after.macs], formatCount),
    row('Model file', [dense.bytes, pruned.bytes], formatBytes),
  );
  return rows;
}

function speedRows({ dense, pruned }: Costs): SummaryRow[] {
  return [
    row(
      'Time to act, median',
      [dense.latency.medianMicroseconds, pruned.latency.medianMicroseconds],
      formatMicroseconds,
    ),
    row('Time to act, p95', [dense.latency.p95Microseconds, pruned.latency.p95Microseconds], formatMicroseconds),
  ];
}

function returnRows(report: PruneReport, purpose: 'validation' | 'test'): SummaryRow[] {
  const [before, after] = [report.dense[purpose].summary, report.pruned[purpose].summary];
  const kept = purpose === 'test' ? report.keptOnTest : report.keptOnValidation;
  return [
    {
      label: `Return on ${purpose}, mean`,
      before: formatWithInterval(before.mean, before.meanInterval),
      after: formatWithInterval(after.mean, after.meanInterval),
      change: `${formatShare(kept)} kept`,
    },
    {
      label: `Return on ${purpose}, IQM`,
      before: formatWithInterval(before.interquartileMean, before.interquartileMeanInterval),
      after: formatWithInterval(after.interquartileMean, after.interquartileMeanInterval),
      change: '',
    },
  ];
}

function differenceRow({ testDifference: { mean, meanInterval } }: PruneReport): SummaryRow {
  const change = formatDifferenceWithInterval(mean, meanInterval);
  return { label: 'Paired difference on test', before: '', after: '', change };
}

function agreementRow({ agreement }: DataPruneReport, purpose: 'validation' | 'test'): SummaryRow {
  const { mean, interval, states } = agreement[purpose];
  return {
    label: `Agreement with the parent, ${purpose}`,
    before: '',
    after: formatSharesWithInterval(mean, interval),
    change: `in ${counted(states, 'state')}`,
  };
}

function behaviour(report: AnyPruneReport): SummaryGroup {
  if (report.measure === 'agreement') {
    return {
      title: 'Agreement, with 95\u00a0% intervals',
      rows: [agreementRow(report, 'validation'), agreementRow(report, 'test')],
    };
  }
  return {
    title: 'Return, with 95\u00a0% intervals',
    rows: [...returnRows(report, 'validation'), ...returnRows(report, 'test'), differenceRow(report)],
  };
}

/** Everything that was measured of both policies. */
export function summaryGroups(report: AnyPruneReport): SummaryGroup[] {
  return [
    { title: 'Size', rows: sizeRows(report) },
    { title: 'Speed, measured', rows: speedRows(report) },
    behaviour(report),
  ];
}

/** The headline, its remarks, and the table, as lines of plain text in columns. */
export function renderSummary(report: AnyPruneReport): string[] {
  const rows = summaryGroups(report).flatMap((group) => group.rows);
  const lines = [
    ['', 'dense', 'pruned', 'change'],
    ...rows.map(({ label, before, after, change }) => [label, before, after, change]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const aligned = lines.map((line) =>
    line
      .map((text, column) => (column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  return [sentenceOf(headlineOf(report)), ...remarksOf(report), '', ...aligned];
}
