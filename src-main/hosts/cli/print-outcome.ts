// What a finished run says on standard output: figures a person understands, or the whole outcome as JSON.
import type { Model } from '../../contract/entity.ts';
import type { EvaluationReport } from '../../contract/evaluation.ts';
import type { RunOutcome } from '../../services/run-recipe.ts';
import type { Exported } from '../../services/services.ts';
import {
  formatBytes,
  formatCount,
  formatMicroseconds,
  formatShare,
  formatTiny,
  formatWithInterval,
} from '../../services/report/numbers.ts';
import { searchSentences } from '../../services/report/search-words.ts';
import { renderSummary } from '../../services/report/summary.ts';
import { print, printJson, renderTable } from './table.ts';
import { trialTable } from './trial-table.ts';

/** Mean, interval, IQM and episodes of an evaluation. */
export function formatReturn({ summary, seeds }: EvaluationReport): string {
  const { mean, meanInterval, interquartileMean, interquartileMeanInterval } = summary;
  const iqm = formatWithInterval(interquartileMean, interquartileMeanInterval);
  const range = `seeds ${seeds.first}–${seeds.first + seeds.count - 1}`;
  return `return ${formatWithInterval(mean, meanInterval)}, IQM ${iqm}, ${formatCount(seeds.count)} episodes (${range})`;
}

/** "20 nonzero weights of 67 072, 5 hidden units, 20 MACs, 1 084 B" */
export function formatSize({ counts }: Model): string {
  const { weights, nonzeroWeights, hiddenUnits, macs, bytes } = counts;
  return `${formatCount(nonzeroWeights)} nonzero weights of ${formatCount(weights)}, ${formatCount(hiddenUnits)} hidden units, ${formatCount(macs)} MACs, ${formatBytes(bytes)}`;
}

function exportedLines({ folder, files, checks }: Exported): string[] {
  const checked = checks.map((check) => [
    check.format,
    formatBytes(check.files.reduce((sum, file) => sum + file.bytes, 0)),
    check.reader,
    formatTiny(check.largestDifference),
    formatCount(check.states),
    formatCount(check.differentActions),
    check.medianMicroseconds === null ? '–' : formatMicroseconds(check.medianMicroseconds),
  ]);
  return [
    '',
    `Files in ${folder}: ${files.map((file) => file.path).join(', ')}`,
    '',
    ...renderTable(
      [
        { title: 'format' },
        { title: 'size', align: 'right' },
        { title: 'read back by' },
        { title: 'largest difference', align: 'right' },
        { title: 'states', align: 'right' },
        { title: 'other actions', align: 'right' },
        { title: 'latency', align: 'right' },
      ],
      checked,
    ),
  ];
}

function evaluationLines(report: EvaluationReport): string[] {
  const { agreement, latency } = report;
  return [
    formatReturn(report),
    ...(latency === null
      ? []
      : [
          `one action in ${formatMicroseconds(latency.medianMicroseconds)} (95th percentile ${formatMicroseconds(latency.p95Microseconds)})`,
        ]),
    ...(agreement === null
      ? []
      : [
          `the same action as the baseline in ${formatShare(agreement.share)} of ${formatCount(agreement.states)} states`,
        ]),
  ];
}

function outcomeLines(outcome: RunOutcome): string[] {
  switch (outcome.kind) {
    case 'prune':
      return [
        ...renderSummary(outcome.report),
        ...(outcome.exported === null ? [] : exportedLines(outcome.exported)),
        '',
        `stored as ${outcome.model.id}, made from ${outcome.parent.id} in ${outcome.report.seconds.toFixed(1)} s`,
      ];
    case 'search':
      return [
        ...searchSentences(outcome.search),
        '',
        ...trialTable(outcome.trials, outcome.search),
        '',
        ...renderSummary(outcome.report),
        ...(outcome.exported === null ? [] : exportedLines(outcome.exported)),
        '',
        `stored as ${outcome.model.id}, made from ${outcome.parent.id}; the search is run ${outcome.run.id}`,
      ];
    case 'train':
      return [
        outcome.model.name,
        formatSize(outcome.model),
        `validation: ${formatReturn(outcome.validation)}`,
        `test: ${formatReturn(outcome.test)}`,
        ...(outcome.last === null
          ? []
          : [`last step, test: ${formatReturn(outcome.last.test)}, stored as ${outcome.last.model.id}`]),
        ...(outcome.stopped ? ['training was stopped early; this is the best policy until then'] : []),
        ...(outcome.exported === null ? [] : exportedLines(outcome.exported)),
        `stored as ${outcome.model.id}`,
      ];
    case 'evaluate':
      return [
        `${outcome.model.name}: ${outcome.report.environment}, deterministic`,
        ...evaluationLines(outcome.report),
        ...(outcome.baseline === null
          ? []
          : [`${outcome.baseline.model.name} (baseline)`, ...evaluationLines(outcome.baseline.report)]),
      ];
    case 'export':
      return [outcome.model.name, ...exportedLines(outcome.exported), '', `stored as ${outcome.model.id}`];
  }
}

export function printOutcome(outcome: RunOutcome, json: boolean): void {
  if (json) printJson(outcome);
  else print(outcomeLines(outcome));
}
