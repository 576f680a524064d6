// The first sentence of a report, and what has to be said in the same breath.
import type { Model } from '../../contract/entity.ts';
import type { AnyPruneReport, DataPruneReport, PruneReport } from '../../contract/prune-report.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatDifferenceWithInterval,
  formatMicroseconds,
  formatShare,
  formatSharesWithInterval,
  formatWithInterval,
} from './numbers.ts';
import { explanationSentences } from './explanation.ts';
import { judge, judgeAgreement } from '../../contract/verdict.ts';

/** "return 500.0 [500.0, 500.0] against 500.0 [500.0, 500.0] on 100 unseen test episodes". */
function returns({ dense, pruned }: PruneReport): string {
  const [after, before] = [pruned.test.summary, dense.test.summary];
  return (
    `return ${formatWithInterval(after.mean, after.meanInterval)} ` +
    `against ${formatWithInterval(before.mean, before.meanInterval)} on ${formatCount(before.episodes)} unseen test episodes`
  );
}

/** What can be said, and the figures that allow it; without figures where there is nothing to compare. */
export interface Headline {
  readonly claim: string;
  readonly evidence: string | null;
}

/** On one line: "20 of 67 072 weights act as well as all of them: return 500.0 …". */
export const sentenceOf = ({ claim, evidence }: Headline): string =>
  evidence === null ? `${claim}.` : `${claim}: ${evidence}.`;

/** "It takes 19.8 kB as a file, of 20 kB that were allowed". */
function costOf(budget: NonNullable<AnyPruneReport['budget']>): string {
  return budget.kind === 'bytes'
    ? `takes ${formatBytes(budget.measured)} as a model file; ${formatBytes(budget.allowed)} were allowed`
    : `acts within ${formatMicroseconds(budget.measured.medianMicroseconds)}, as measured when it was chosen; ${formatMicroseconds(budget.allowed)} were allowed`;
}

function nothingRemoved({ keep, budget, trials, stopped }: AnyPruneReport, of: 'return' | 'agreement'): string {
  if (budget?.met === true) return `Nothing was removed: the dense policy ${costOf(budget)}`;
  if (stopped) return 'Nothing was removed: it was stopped before any amount had been found good enough';
  if (keep === null || trials.length === 0) return 'Nothing was removed';
  return of === 'return'
    ? `Nothing was removed: no amount that was tried kept ${formatShare(keep)} of the return`
    : `Nothing was removed: no amount that was tried agreed with the parent in ${formatShare(keep)} for certain`;
}

function dataHeadline(report: DataPruneReport): Headline {
  const { dense, pruned, keep, agreement } = report;
  const { kind, states, mean, interval } = agreement.test;
  const weights = `${formatCount(pruned.count.nonzeroWeights)} of ${counted(dense.count.nonzeroWeights, 'weight')}`;
  const decide =
    kind === 'discrete'
      ? `${weights} decide like all of them in ${formatShare(mean)} of the states`
      : `${weights} agree with all of them to ${formatShare(mean)}`;
  const asked = keep === null ? '' : formatShare(keep);
  const evidence = `agreement ${formatSharesWithInterval(mean, interval)} in ${counted(states, 'observation')} that nothing had seen`;
  switch (judgeAgreement(report)) {
    case 'nothing-removed':
      return { claim: nothingRemoved(report, 'agreement'), evidence: null };
    case 'measured':
      return { claim: decide, evidence };
    case 'kept':
      return { claim: `${decide}, where ${asked} was asked`, evidence };
    case 'uncertain':
      return {
        claim: `${decide}; whether it is the ${asked} that was asked, the test is too uncertain to tell`,
        evidence,
      };
    case 'short':
      return { claim: `${decide}, less than the ${asked} that was asked`, evidence };
  }
}

export function headlineOf(report: AnyPruneReport): Headline {
  if (report.measure === 'agreement') return dataHeadline(report);
  const { dense, pruned, keptOnTest, keep, testDifference } = report;
  const weights = `${formatCount(pruned.count.nonzeroWeights)} of ${counted(dense.count.nonzeroWeights, 'weight')}`;
  const kept = `${weights} keep ${formatShare(keptOnTest)} of the return`;
  const evidence = returns(report);
  switch (judge(report)) {
    case 'nothing-removed':
      return { claim: nothingRemoved(report, 'return'), evidence: null };
    case 'better':
      return { claim: `${weights} act better than all of them`, evidence };
    case 'equal':
      return { claim: `${weights} act as well as all of them`, evidence };
    case 'within':
      return { claim: `${kept}, as was asked`, evidence };
    case 'worse':
      return { claim: keep === null ? kept : `${kept}, where ${formatShare(keep)} was asked`, evidence };
    case 'uncertain': {
      const difference = formatDifferenceWithInterval(testDifference.mean, testDifference.meanInterval);
      return {
        claim: `${weights} may act as well as all of them, but the test is too uncertain to tell`,
        evidence: `${evidence}, a difference of ${difference}`,
      };
    }
  }
}

/** Of a model that was exported as it is. */
export function plainHeadline({ counts }: Model): Headline {
  const neurons = counts.hiddenUnits === 0 ? '' : ` in ${counted(counts.hiddenUnits, 'hidden neuron')}`;
  return {
    claim: `A policy of ${counted(counts.nonzeroWeights, 'weight')}${neurons}, exported as it is`,
    evidence: null,
  };
}

/** What agreement does not say. */
const NOT_PLAYED =
  'How it acts was not measured: no episode was played, so its return is not known. Agreement holds for states like those ' +
  'in the file; where the pruned policy comes into others, only playing tells.';

/** Sentences that a reader of the headline must not miss. */
export function remarksOf(report: AnyPruneReport): string[] {
  const { stopped, keep, budget } = report;
  const verdict = report.measure === 'agreement' ? judgeAgreement(report) : judge(report);
  const remarks: string[] = [];
  if (stopped && verdict !== 'nothing-removed') {
    remarks.push('The pruning was stopped early: this is the best that had been found until then.');
  }
  if (report.measure === 'agreement' && verdict !== 'nothing-removed') remarks.push(NOT_PLAYED);
  if (
    report.measure !== 'agreement' &&
    keep !== null &&
    report.keptOnValidation < keep &&
    verdict !== 'nothing-removed'
  ) {
    remarks.push(
      `On validation episodes it keeps ${formatShare(report.keptOnValidation)} of the return, less than the ${formatShare(keep)} that was asked.`,
    );
  }
  if (budget !== null && verdict !== 'nothing-removed') remarks.push(`It ${costOf(budget)}.`);
  if (budget?.met === false && !stopped) {
    remarks.push(
      'The budget is not met: what was fast enough when it was cut took longer once it was healed. Allow more, or measure while the machine does nothing else.',
    );
  }
  if (verdict === 'uncertain') {
    const what = report.measure === 'agreement' ? 'observations' : 'test episodes';
    remarks.push(`More ${what} would narrow the interval.`);
  }
  if (verdict === 'worse')
    remarks.push('The loss is larger than chance explains: its 95\u00a0% interval excludes zero.');
  if (verdict === 'within') {
    remarks.push('The loss is small, but measured: the 95\u00a0% interval of the difference excludes zero.');
  }
  if (report.explanation !== null && verdict !== 'nothing-removed') {
    remarks.push(...explanationSentences(report.explanation));
  }
  return remarks;
}
