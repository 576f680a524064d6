// Before and after: the returns drawn, every measure in a table, and what the less usual ones mean.
import type { Agreement } from '../../../contract/evaluation.ts';
import type { AnyPruneReport, PruneReport } from '../../../contract/prune-report.ts';
import type { ReturnsChart } from '../charts/chart.ts';
import { table, type Block, type Section, type Text } from '../document.ts';
import {
  counted,
  formatCount,
  formatDifferenceWithInterval,
  formatDuration,
  formatFineShare,
  formatShare,
  formatSignificant,
  formatTiny,
  formatWithInterval,
  NBSP,
} from '../numbers.ts';
import { pieceOf } from '../pieces.ts';
import { summaryGroups } from '../summary.ts';
import { judge, type Verdict } from '../../../contract/verdict.ts';

const CHART_TITLES: Readonly<Record<Verdict, string>> = {
  'nothing-removed': 'Nothing was removed, and nothing has changed',
  better: 'The pruned policy plays better on unseen episodes',
  equal: 'Dense and pruned play equally well on unseen episodes',
  within: 'The pruned policy plays slightly worse, within what was asked',
  worse: 'The pruned policy plays worse on unseen episodes',
  uncertain: 'The intervals are too wide to tell dense and pruned apart',
};

function returnsChart(report: PruneReport): ReturnsChart {
  const { dense, pruned } = report;
  const groups = (['test', 'validation'] as const).map((purpose) => {
    const estimate = (measured: typeof dense): ReturnsChart['groups'][number]['dense'] => {
      const { mean, meanInterval } = measured[purpose].summary;
      return { mean, interval: meanInterval, label: formatWithInterval(mean, meanInterval) };
    };
    const { episodes } = dense[purpose].summary;
    return {
      title:
        purpose === 'test'
          ? `Test: ${counted(episodes, 'episode')} that nothing had seen before`
          : `Validation: ${counted(episodes, 'episode')} that the choice was made on`,
      dense: estimate(dense),
      pruned: estimate(pruned),
    };
  });
  return {
    kind: 'returns',
    title: CHART_TITLES[judge(report)],
    caption: `Mean return per episode of ${report.environment}; bars start at the return that counts as nothing, lines are 95${NBSP}% intervals.`,
    worst: dense.test.worstReturn,
    groups,
  };
}

/** Below this share, a reader wonders. */
const LOW_AGREEMENT = 0.9;

function agreementRow(agreement: Agreement, verdict: Verdict): Text[] {
  const value = `${formatShare(agreement.share)} of ${counted(agreement.states, 'state')}`;
  const what =
    agreement.kind === 'discrete'
      ? 'How often both policies choose the same action in states that the dense one visits.'
      : `How often no component of the action differs by more than ${formatSignificant(agreement.tolerance, 2)}; ` +
        `on average they differ by ${formatSignificant(agreement.meanAbsoluteDifference, 2)}.`;
  const playsAsWell = verdict === 'equal' || verdict === 'better';
  const reading =
    agreement.share < LOW_AGREEMENT && playsAsWell
      ? ' Low agreement with an equal return means another way of playing, not damage.'
      : '';
  return ['Agreement of actions', value, what + reading];
}

function returnReadings(report: PruneReport): Text[][] {
  const { testDifference, keptOnTest } = report;
  const verdict = judge(report);
  const { agreement } = report.pruned.test;
  const worst = report.dense.test.worstReturn;
  const rows: Text[][] = [
    [
      'Paired difference on test',
      formatDifferenceWithInterval(testDifference.mean, testDifference.meanInterval),
      `Pruned − dense on the same ${counted(testDifference.episodes, 'episode')}. Where the interval includes zero, no difference was measured.`,
    ],
    [
      'Return kept on test',
      formatShare(keptOnTest),
      worst === 0
        ? 'Pruned mean over dense mean.'
        : `Counted from what counts as nothing, ${formatSignificant(worst, 3)}: (pruned − nothing) / (dense − nothing).`,
    ],
  ];
  if (agreement !== null) rows.push(agreementRow(agreement, verdict));
  return rows;
}

function readings(report: AnyPruneReport): Block {
  const { keep, feasiblePruningRate, surgery, granularity } = report;
  const played = report.measure !== 'agreement';
  const rows = played ? returnReadings(report) : [];
  if (keep !== null) {
    rows.push([
      'Feasible pruning rate',
      feasiblePruningRate === null ? 'none' : formatFineShare(feasiblePruningRate),
      `The largest share of the ${pieceOf(granularity)}s that any trial removed while keeping ${formatShare(keep)} of ${played ? 'the return' : 'the decisions'} on validation.`,
    ]);
  }
  rows.push(
    [
      'Proof of surgery',
      formatTiny(surgery.largestDifference),
      `Largest relative difference between the ${granularity === 'layer' ? 'network with stand-ins for the layers' : 'masked network'} and the smaller one it became, over ${counted(surgery.states, 'state')}.`,
    ],
    ['Time it took', formatDuration(report.seconds), 'From the first measurement to the last.'],
  );
  return table(
    [
      { title: 'Measure', kind: 'text' },
      { title: 'Value', kind: 'number' },
      { title: 'How to read it', kind: 'text' },
    ],
    rows,
  );
}

export function comparisonSection(report: AnyPruneReport): Section {
  const { dense } = report;
  return {
    title: 'Before and after',
    blocks: [
      ...(report.measure === 'agreement' ? [] : [{ kind: 'chart', chart: returnsChart(report) } as const]),
      {
        kind: 'table',
        columns: [
          { title: 'Measured', kind: 'text' },
          { title: 'Dense', kind: 'number' },
          { title: 'Pruned', kind: 'number' },
          { title: 'Change against dense', kind: 'number' },
        ],
        groups: summaryGroups(report).map(({ title, rows }) => ({
          title,
          rows: rows.map(({ label, before, after, change }) => [label, before, after, change]),
        })),
      },
      {
        kind: 'paragraph',
        text:
          `Times are of one observation at a time on the machine that pruned, over ${formatCount(dense.latency.rounds)} and ` +
          `${counted(report.pruned.latency.rounds, 'round')}. Biases are not counted as weights.` +
          (report.measure === 'agreement'
            ? ''
            : ' IQM is the interquartile mean: the mean of the middle half of the episodes.'),
      },
      readings(report),
    ],
  };
}
