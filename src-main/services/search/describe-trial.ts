// A trial on one line, for logs and tables.
import type { SearchTrial, TrialKey } from '../../contract/search.ts';
import { formatCount, formatDecimals, formatFineShare } from '../report/numbers.ts';

/** "weight 95 %, lamp, global, polynomial, distill", or "weight, automatic". */
export function describeMethod({ recipe: { granularity, method } }: SearchTrial): string {
  if (method.kind === 'automatic') return `${granularity}, automatic`;
  const { amount, criterion, allocation, schedule, recovery } = method;
  const share = amount.kind === 'sparsity' ? ` ${formatFineShare(amount.sparsity)}` : '';
  const healed = recovery.method === 'none' ? '' : `, ${schedule}, ${recovery.method}`;
  return `${granularity}${share}, ${criterion}, ${allocation}${healed}`;
}

/** "3.12": the rung, counted from 1, and the number of the way of pruning. */
export const trialName = ({ rung, number }: TrialKey): string => `${rung + 1}.${number}`;

export function describeTrial(trial: SearchTrial): string {
  const { outcome } = trial;
  const what = `trial ${trialName(trial)}: ${describeMethod(trial)}`;
  if (outcome.kind === 'failed') return `${what}: ${outcome.problem.message}`;
  const { weights, meanReturn } = outcome.measured;
  return `${what}: ${formatCount(weights)} weights, return ${formatDecimals(meanReturn, 1)}`;
}
