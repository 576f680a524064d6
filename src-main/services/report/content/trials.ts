// Every amount that was tried on the way, drawn and listed.
import type { AnyPruneReport, PruneReport } from '../../../contract/prune-report.ts';
import type { Estimate, TrialsChart } from '../charts/chart.ts';
import { table, type Section } from '../document.ts';
import {
  counted,
  formatCount,
  formatDecimals,
  formatFineShare,
  formatShare,
  formatWithInterval,
  NBSP,
} from '../numbers.ts';
import { pieceOf } from '../pieces.ts';

function titleOf({ trials }: PruneReport): string {
  const accepted = trials.filter((trial) => trial.accepted);
  if (accepted.length === 0) return 'The return did not hold at any amount that was tried';
  if (accepted.length === trials.length) return 'The return held at every amount that was tried';
  const fewest = Math.min(...accepted.map((trial) => trial.weights));
  return `The return holds down to ${counted(fewest, 'weight')}`;
}

function chartOf(report: PruneReport): TrialsChart {
  const { dense, pruned, keep, trials } = report;
  const estimate = (measured: typeof dense): Estimate & { weights: number } => {
    const { mean, meanInterval } = measured.validation.summary;
    return {
      mean,
      interval: meanInterval,
      label: formatWithInterval(mean, meanInterval),
      weights: measured.count.nonzeroWeights,
    };
  };
  const { mean } = dense.validation.summary;
  const worst = dense.validation.worstReturn;
  return {
    kind: 'trials',
    title: titleOf(report),
    caption:
      `Filled points kept the return, open ones did not. The blue band is the dense policy's 95${NBSP}% interval, ` +
      "the upright line at the result the pruned one's.",
    worst,
    dense: estimate(dense),
    pruned: estimate(pruned),
    trials: trials.flatMap(({ meanReturn, ...trial }) => (meanReturn === null ? [] : [{ ...trial, meanReturn }])),
    keep:
      keep === null || mean <= worst
        ? null
        : { value: worst + keep * (mean - worst), label: `${formatShare(keep)} of the return` },
  };
}

export function trialsSection(report: AnyPruneReport): Section {
  const { granularity, trials } = report;
  const piece = pieceOf(granularity);
  const played = report.measure !== 'agreement';
  const inStages = new Set(trials.map((trial) => trial.granularity)).size > 1;
  return {
    title: 'What was tried',
    blocks: [
      ...(played ? [{ kind: 'chart', chart: chartOf(report) } as const] : []),
      table(
        [
          { title: `${piece[0]!.toUpperCase()}${piece.slice(1)}s removed`, kind: 'number' },
          ...(inStages ? [{ title: 'By', kind: 'text' } as const] : []),
          { title: 'Weights left', kind: 'number' },
          { title: 'Hidden neurons', kind: 'number' },
          ...(played ? [{ title: 'Return on validation', kind: 'number' } as const] : []),
          { title: played ? 'Kept' : 'Agreement on validation', kind: 'number' },
          { title: 'Accepted', kind: 'text' },
          { title: 'Recovery', kind: 'text' },
        ],
        trials.map(({ granularity: by, sparsity, weights, hiddenUnits, meanReturn, keptShare, accepted, recovery }) => [
          formatFineShare(sparsity),
          ...(inStages ? [`${pieceOf(by)}s`] : []),
          formatCount(weights),
          formatCount(hiddenUnits),
          ...(meanReturn === null ? [] : [formatDecimals(meanReturn, 1)]),
          formatShare(keptShare),
          accepted ? '✓ yes' : '✕ no',
          recovery,
        ]),
      ),
      {
        kind: 'paragraph',
        text: played
          ? 'A trial is accepted by its return less a margin for the luck of these episodes, so one that just reaches the asked share may not be.'
          : `A trial is accepted by the lower end of the 95${NBSP}% interval of its agreement, so one that just reaches the asked share may not be.`,
      },
    ],
  };
}
