// The first sentence of a report, and what has to be said in the same breath.
import type { Model } from '../../contract/entity.ts';
import type { PruneReport } from '../../contract/prune-report.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatDifferenceWithInterval,
  formatMicroseconds,
  formatShare,
  formatWithInterval,
} from './numbers.ts';
import { explanationSentences } from './explanation.ts';
import { judge } from '../../contract/verdict.ts';

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
function costOf(budget: NonNullable<PruneReport['budget']>): string {
  return budget.kind === 'bytes'
    ? `takes ${formatBytes(budget.measured)} as a model file; ${formatBytes(budget.allowed)} were allowed`
    : `acts within ${formatMicroseconds(budget.measured.medianMicroseconds)}, as measured when it was chosen; ${formatMicroseconds(budget.allowed)} were allowed`;
}

function nothingRemoved({ keep, budget, trials, stopped }: PruneReport): string {
  if (budget?.met === true) return `Nothing was removed: the dense policy ${costOf(budget)}`;
  if (stopped) return 'Nothing was removed: it was stopped before any amount had been found good enough';
  if (keep === null || trials.length === 0) return 'Nothing was removed';
  return `Nothing was removed: no amount that was tried kept ${formatShare(keep)} of the return`;
}

export function headlineOf(report: PruneReport): Headline {
  const { dense, pruned, keptOnTest, keep, testDifference } = report;
  const weights = `${formatCount(pruned.count.nonzeroWeights)} of ${counted(dense.count.nonzeroWeights, 'weight')}`;
  const kept = `${weights} keep ${formatShare(keptOnTest)} of the return`;
  const evidence = returns(report);
  switch (judge(report)) {
    case 'nothing-removed':
      return { claim: nothingRemoved(report), evidence: null };
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

/** Sentences that a reader of the headline must not miss. */
export function remarksOf(report: PruneReport): string[] {
  const { stopped, keep, budget, keptOnValidation } = report;
  const verdict = judge(report);
  const remarks: string[] = [];
  if (stopped && verdict !== 'nothing-removed') {
    remarks.push('The pruning was stopped early: this is the best that had been found until then.');
  }
  if (keep !== null && keptOnValidation < keep && verdict !== 'nothing-removed') {
    remarks.push(
      `On validation episodes it keeps ${formatShare(keptOnValidation)} of the return, less than the ${formatShare(keep)} that was asked.`,
    );
  }
  if (budget !== null && verdict !== 'nothing-removed') remarks.push(`It ${costOf(budget)}.`);
  if (budget?.met === false && !stopped) {
    remarks.push(
      'The budget is not met: what was fast enough when it was cut took longer once it was healed. Allow more, or measure while the machine does nothing else.',
    );
  }
  if (verdict === 'uncertain') remarks.push('More test episodes would narrow the interval.');
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
