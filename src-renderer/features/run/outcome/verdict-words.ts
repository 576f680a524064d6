// What pruning came to, in a sentence that the numbers allow, and what must be said in the same breath.
import type { AnyPruneReport, DataPruneReport, PruneReport } from '../../../../src-main/contract/prune-report.ts';
import { judge, judgeAgreement } from '../../../../src-main/contract/verdict.ts';
import { formatKept } from '../../../text/intervals.ts';
import { formatBytes, formatCount, formatMicroseconds } from '../../../text/numbers.ts';
import type { Messages } from '../../../text/messages.ts';

type OutcomeTexts = Messages['run']['outcome'];

function nothingRemoved({ keep, budget, trials, stopped, measure }: AnyPruneReport, t: OutcomeTexts): string {
  const why = ((): string | null => {
    if (budget?.met === true) return t.nothingNeeded;
    if (stopped) return t.nothingStopped;
    if (keep === null || trials.length === 0) return null;
    return (measure === 'agreement' ? t.nothingAgreed : t.nothingKept)(formatKept(keep));
  })();
  const what = t.verdict['nothing-removed'];
  return why === null ? what : `${what}. ${why}`;
}

export function claimOf(report: PruneReport, t: OutcomeTexts): string {
  const { dense, pruned, keptOnTest, keep } = report;
  const left = formatCount(pruned.count.nonzeroWeights);
  const all = formatCount(dense.count.nonzeroWeights);
  const verdict = judge(report);
  switch (verdict) {
    case 'nothing-removed':
      return nothingRemoved(report, t);
    case 'within':
      return t.verdict.within(left, all, formatKept(keptOnTest));
    case 'worse':
      return keep === null
        ? t.verdict.worse(left, all, formatKept(keptOnTest))
        : t.verdict.worseThanAsked(left, all, formatKept(keptOnTest), formatKept(keep));
    default:
      return t.verdict[verdict](left, all);
  }
}

function budgetRemark(budget: NonNullable<AnyPruneReport['budget']>, t: OutcomeTexts): string {
  const [measured, allowed] =
    budget.kind === 'bytes'
      ? [formatBytes(budget.measured), formatBytes(budget.allowed)]
      : [formatMicroseconds(budget.measured.medianMicroseconds), formatMicroseconds(budget.allowed)];
  return budget.met ? t.remark.budgetMet(measured, allowed) : t.remark.budgetMissed(measured, allowed);
}

export function remarksOf(report: PruneReport, t: OutcomeTexts): string[] {
  const { stopped, keep, keptOnValidation, budget } = report;
  const verdict = judge(report);
  if (verdict === 'nothing-removed') return [];
  return [
    ...(stopped ? [t.remark.stopped] : []),
    ...(keep !== null && keptOnValidation < keep
      ? [t.remark.validation(formatKept(keptOnValidation), formatKept(keep))]
      : []),
    ...(budget === null ? [] : [budgetRemark(budget, t)]),
    ...(verdict === 'uncertain' || verdict === 'worse' || verdict === 'within' ? [t.remark[verdict]] : []),
  ];
}

export function agreementClaimOf(report: DataPruneReport, t: OutcomeTexts): string {
  const { dense, pruned, keep, agreement } = report;
  const verdict = judgeAgreement(report);
  if (verdict === 'nothing-removed') return nothingRemoved(report, t);
  const claim = t.decides[agreement.test.kind](
    formatCount(pruned.count.nonzeroWeights),
    formatCount(dense.count.nonzeroWeights),
    formatKept(agreement.test.mean),
  );
  return keep === null || verdict === 'measured' ? claim : t.asked[verdict](claim, formatKept(keep));
}

export function agreementRemarksOf(report: DataPruneReport, t: OutcomeTexts): string[] {
  const { stopped, budget } = report;
  const verdict = judgeAgreement(report);
  if (verdict === 'nothing-removed') return [];
  return [
    ...(stopped ? [t.remark.stopped] : []),
    t.remark.notPlayed,
    ...(budget === null ? [] : [budgetRemark(budget, t)]),
    ...(verdict === 'uncertain' ? [t.remark.moreObservations] : []),
  ];
}
