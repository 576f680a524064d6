// The whole report, in the order in which a person asks: how good, how small, what was tried, how to use it, why trust it.
import type { AnyPruneReport } from '../../../contract/prune-report.ts';
import type { Model } from '../../../contract/entity.ts';
import type { KeyFigure, ReportDocument } from '../document.ts';
import { headlineOf, plainHeadline, remarksOf } from '../headline.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatFactor,
  formatMicroseconds,
  formatRoundBytes,
  formatShare,
  formatSharesWithInterval,
  formatWithInterval,
} from '../numbers.ts';
import { comparisonSection } from './comparison.ts';
import { filesSection } from './files.ts';
import { layersSection, networkSection } from './layers.ts';
import { loadingSection } from './loading.ts';
import { methodSection } from './method.ts';
import { notesSection } from './notes.ts';
import type { ReportInput } from './report-input.ts';
import { trialsSection } from './trials.ts';

function keptFigure(report: AnyPruneReport): KeyFigure {
  if (report.measure === 'agreement') {
    const { mean, interval, states } = report.agreement.test;
    return {
      label: 'Agreement with the parent, test',
      value: formatShare(mean),
      details: [formatSharesWithInterval(mean, interval), `in ${counted(states, 'state')}`],
    };
  }
  const [after, before] = [report.pruned.test.summary, report.dense.test.summary];
  return {
    label: 'Return kept, test',
    value: formatShare(report.keptOnTest),
    details: [
      formatWithInterval(after.mean, after.meanInterval),
      `was ${formatWithInterval(before.mean, before.meanInterval)}`,
    ],
  };
}

function comparedFigures(report: AnyPruneReport): KeyFigure[] {
  const { dense, pruned } = report;
  const [weights, weightsBefore] = [pruned.count.nonzeroWeights, dense.count.nonzeroWeights];
  const [time, timeBefore] = [pruned.latency.medianMicroseconds, dense.latency.medianMicroseconds];
  const fewer = formatFactor({ before: weightsBefore, after: weights, less: 'fewer', more: 'more', digits: 3 });
  const smaller = formatFactor({
    before: dense.bytes,
    after: pruned.bytes,
    less: 'smaller',
    more: 'larger',
    digits: 3,
  });
  const faster = formatFactor({ before: timeBefore, after: time, less: 'faster', more: 'slower', digits: 2 });
  return [
    keptFigure(report),
    { label: 'Weights left', value: formatCount(weights), details: [`of ${formatCount(weightsBefore)}`, fewer] },
    {
      label: 'Model file',
      value: formatRoundBytes(pruned.bytes),
      details: [`was ${formatRoundBytes(dense.bytes)}`, smaller],
    },
    {
      label: 'Time to act, median',
      value: formatMicroseconds(time),
      details: [`was ${formatMicroseconds(timeBefore)}`, faster],
    },
  ];
}

function plainFigures({ counts }: Model): KeyFigure[] {
  const weights = { label: 'Weights', value: formatCount(counts.nonzeroWeights) };
  const zeros =
    counts.weights === counts.nonzeroWeights ? 'none of them zero' : `of ${formatCount(counts.weights)}, the rest zero`;
  return [
    { ...weights, details: [zeros] },
    { label: 'Hidden neurons', value: formatCount(counts.hiddenUnits), details: [] },
    { label: 'Multiply-accumulates', value: formatCount(counts.macs), details: ['per action'] },
    { label: 'Model file', value: formatRoundBytes(counts.bytes), details: [formatBytes(counts.bytes)] },
  ];
}

export function writeDocument(input: ReportInput): ReportDocument {
  const { model, report, checks, versions } = input;
  const measured =
    report === null
      ? [networkSection(model)]
      : [
          comparisonSection(report),
          layersSection(report),
          ...(report.trials.length === 0 ? [] : [trialsSection(report)]),
        ];
  return {
    title: model.name,
    headline: report === null ? plainHeadline(model) : headlineOf(report),
    remarks: report === null ? [] : remarksOf(report),
    keyFigures: report === null ? plainFigures(model) : comparedFigures(report),
    sections: [
      ...measured,
      filesSection(checks),
      loadingSection(model, checks),
      notesSection(input),
      methodSection(input),
    ],
    colophon: `Written by Secateur ${versions.secateur}.`,
  };
}
