// What the numbers allow one to say of a pruned policy, before any words are chosen.
import type { AnyPruneReport, DataPruneReport, PruneReport } from './prune-report.ts';

/** "Without making it worse", where nobody asked for a share: what the literature calls feasible. */
const USUAL_KEEP = 0.95;

/**
 * Of the paired difference on test episodes and its 95 % interval:
 * - `nothing-removed`: there is nothing to compare;
 * - `better`, `worse`: the interval excludes zero; `within`: it does, downwards, yet the asked share is kept;
 * - `equal`: it includes zero, and excludes a loss of more than what may be lost;
 * - `uncertain`: it includes zero, and such a loss too.
 */
export type Verdict = 'nothing-removed' | 'better' | 'equal' | 'within' | 'worse' | 'uncertain';

export function removesNothing({ dense, pruned }: AnyPruneReport): boolean {
  return (
    pruned.count.nonzeroWeights === dense.count.nonzeroWeights && pruned.count.hiddenUnits === dense.count.hiddenUnits
  );
}

export function judge(report: PruneReport): Verdict {
  if (removesNothing(report)) return 'nothing-removed';
  const { low, high } = report.testDifference.meanInterval;
  if (low > 0) return 'better';
  if (high < 0) return report.keep !== null && report.keptOnTest >= report.keep ? 'within' : 'worse';
  const { summary, worstReturn } = report.dense.test;
  const mayBeLost = (1 - (report.keep ?? USUAL_KEEP)) * Math.max(0, summary.mean - worstReturn);
  return low >= -mayBeLost ? 'equal' : 'uncertain';
}

/**
 * Of the agreement on test states and its 95 % interval, where nothing was played:
 * - `nothing-removed`: there is nothing to compare;
 * - `measured`: no share was asked for;
 * - `kept`: it is at least what was asked for, for certain; `uncertain`: the interval includes that; `short`: it is less.
 */
export type AgreementVerdict = 'nothing-removed' | 'measured' | 'kept' | 'uncertain' | 'short';

export function judgeAgreement(report: DataPruneReport): AgreementVerdict {
  if (removesNothing(report)) return 'nothing-removed';
  const { keep, agreement } = report;
  if (keep === null) return 'measured';
  const { low, high } = agreement.test.interval;
  if (low >= keep) return 'kept';
  return high >= keep ? 'uncertain' : 'short';
}
