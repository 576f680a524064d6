// One rung of the ladder: cut, distil, evolve if that is not enough, and begin again with another ranking if it fails.
import { METRIC } from '../../../contract/metric-names.ts';
import type { PruningTrial } from '../../../contract/prune-report.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Granularity } from '../granularity/granularity.ts';
import { distill } from '../recovery/distill/distill.ts';
import { evolve } from '../recovery/evolve.ts';
import type { RecoveryInput } from '../recovery/recovery.ts';
import { cutDown, type Ladder } from './ladder.ts';
import { recoverUntilAccepted, type Recovered, type RecoveryBudget } from './recover-until-accepted.ts';
import type { Validation } from './validation.ts';

/** Six looks of 250 updates each suffice where distillation can do it at all. */
const DISTILLATION: RecoveryBudget = { recovery: distill, updatesPerLook: 250, looks: 6 };
/**
 * What distillation leaves short, evolution on the return finishes: networks are small by then. It is what takes time, so
 * that it ends early where it is not half-way after a third of its looks.
 */
const EVOLUTION: RecoveryBudget = {
  recovery: evolve,
  updatesPerLook: 5,
  looks: 12,
  givenUp: { looks: 4, below: 0.5 },
};

export interface Rung {
  readonly ladder: Ladder;
  readonly granularity: Granularity;
  /** Share of the elements to remove. */
  readonly sparsity: number;
  /** Elements that sparsities are shares of. */
  readonly total: number;
  /** What they are called: "neurons". */
  readonly pieces: string;
  /** What a trial says was removed of the dense policy. */
  readonly shareRemoved: (model: PolicyModel) => number;
  /** The network that the rung before has left. */
  readonly from: PolicyModel;
  /** What recovery is given apart from its student and its budget. */
  readonly recovery: Omit<RecoveryInput, 'student' | 'updates'>;
  /** States that criteria look at. */
  readonly observations: Float32Array;
  readonly validation: Validation;
  readonly keep: number;
}

export interface RungOutcome {
  /** What holds, or what there was when the person stopped; null when no attempt held. */
  readonly result: Recovered | null;
  /** The attempt with the best return, held or not: where a search goes on that has to go on. */
  readonly best: PolicyModel;
  readonly trials: readonly PruningTrial[];
}

/** Elements that are left at a sparsity. */
export function leftAt(sparsity: number, total: number): number {
  return Math.floor((1 - sparsity) * total + 1e-9);
}

async function heal(rung: Rung, student: PolicyModel, stage: string): Promise<{ result: Recovered; how: string }> {
  const { recovery, validation, keep } = rung;
  const distilled = await recoverUntilAccepted({
    start: { ...recovery, student },
    budget: DISTILLATION,
    validation,
    keep,
    stage: `${stage}: distilling`,
  });
  if (distilled.accepted || distilled.stopped) return { result: distilled, how: 'distillation' };
  const evolved = await recoverUntilAccepted({
    start: { ...recovery, student: distilled.model },
    budget: EVOLUTION,
    validation,
    keep,
    stage: `${stage}: evolving`,
  });
  const spoilt =
    !evolved.accepted &&
    !evolved.stopped &&
    validation.quickShare(evolved.model) < validation.quickShare(distilled.model);
  return { result: spoilt ? distilled : evolved, how: 'distillation, then evolution' };
}

/** Attempts with one ranking after the other, until one holds. */
export async function holdRung(rung: Rung): Promise<RungOutcome> {
  const { ladder, granularity, sparsity, total, pieces, from, recovery, observations, validation } = rung;
  const { backend, random, context } = recovery;
  const stage = `${(100 * sparsity).toFixed(2)} % of the ${pieces} removed`;
  const trials: PruningTrial[] = [];
  let best = { meanReturn: -Infinity, model: from };
  for (const criterion of ladder.criteria) {
    const left = leftAt(sparsity, total);
    const student = cutDown({
      model: from,
      dense: recovery.parent,
      ladder,
      granularity,
      criterion,
      left,
      backend,
      observations,
      random,
    });
    const { result, how } = await heal(rung, student, stage);
    if (result.stopped) return { result, best: best.model, trials };
    const { model, accepted } = result;
    const { meanReturn, keptShare } = result.verdict ?? validation.judge(model);
    if (meanReturn > best.meanReturn) best = { meanReturn, model };
    const count = countNetwork(model.description.network, model.parameters, model.masks);
    const removed = rung.shareRemoved(model);
    context.metrics(
      Object.entries({
        [METRIC.trialSparsity]: removed,
        [METRIC.trialReturn]: meanReturn,
        [METRIC.trialKept]: keptShare,
        [METRIC.trialAccepted]: Number(accepted),
      }).map(([name, value]) => ({ name, step: trials.length, value })),
    );
    trials.push({
      granularity: granularity.id,
      sparsity: removed,
      weights: count.nonzeroWeights,
      hiddenUnits: count.hiddenUnits,
      recovery: how,
      meanReturn,
      keptShare,
      accepted,
    });
    const verdict = accepted ? 'kept' : 'not kept';
    context.log('info', `${stage}, ranked by ${criterion.id}, ${how}: return ${meanReturn.toFixed(1)}, ${verdict}`);
    if (accepted) return { result, best: model, trials };
  }
  return { result: null, best: best.model, trials };
}
