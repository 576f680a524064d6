// One rung of the ladder: cut by one ranking after the other and distil until one holds, or else evolve the best of them.
import { METRIC } from '../../../contract/metric-names.ts';
import type { PruningTrial } from '../../../contract/prune-report.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Criterion } from '../criteria/criterion.ts';
import type { Granularity } from '../granularity/granularity.ts';
import { distill } from '../recovery/distill/distill.ts';
import { evolve } from '../recovery/evolve.ts';
import type { RecoveryInput } from '../recovery/recovery.ts';
import type { Judge } from './judge.ts';
import { cutDown, type Ladder } from './ladder.ts';
import { recoverUntilAccepted, type Recovered, type RecoveryBudget } from './recover-until-accepted.ts';

/** Six looks of 250 updates each suffice where distillation can do it at all. */
const DISTILLATION: RecoveryBudget = { recovery: distill, updatesPerLook: 250, looks: 6 };
/** Where it nearly can: still a small part of what evolution takes. */
const LONG_DISTILLATION: RecoveryBudget = {
  recovery: distill,
  updatesPerLook: 2000,
  looks: 6,
  givenUp: { looks: 2, below: 0.5 },
};
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
  readonly validation: Judge;
  readonly keep: number;
}

export interface RungOutcome {
  /** What holds, or what there was when the person stopped; null when no attempt held. */
  readonly result: Recovered | null;
  /** The attempt that kept most, held or not: where a search goes on that has to go on. */
  readonly best: PolicyModel;
  readonly trials: readonly PruningTrial[];
}

/** Elements that are left at a sparsity. */
export function leftAt(sparsity: number, total: number): number {
  return Math.floor((1 - sparsity) * total + 1e-9);
}

/** Distils, and longer where that does not hold. */
async function distil(rung: Rung, student: PolicyModel, stage: string): Promise<Recovered> {
  const { recovery, validation, keep } = rung;
  const short = await recoverUntilAccepted({
    start: { ...recovery, student },
    budget: DISTILLATION,
    validation,
    keep,
    stage: `${stage}: distilling`,
  });
  if (short.accepted || short.stopped) return short;
  const long = await recoverUntilAccepted({
    start: { ...recovery, student: short.model },
    budget: LONG_DISTILLATION,
    validation,
    keep,
    stage: `${stage}: distilling longer`,
  });
  return long.accepted || long.stopped || long.quickShare >= short.quickShare ? long : short;
}

async function evolveOn(rung: Rung, distilled: Recovered, stage: string): Promise<Recovered> {
  const { recovery, validation, keep } = rung;
  const evolved = await recoverUntilAccepted({
    start: { ...recovery, student: distilled.model },
    budget: EVOLUTION,
    validation,
    keep,
    stage: `${stage}: evolving`,
  });
  return evolved.accepted || evolved.stopped || evolved.quickShare >= distilled.quickShare ? evolved : distilled;
}

/** Attempts with one ranking after the other, until one holds; of those that do not, the best one is evolved. */
export async function holdRung(rung: Rung): Promise<RungOutcome> {
  const { ladder, granularity, sparsity, total, pieces, from, recovery, observations, validation } = rung;
  const { backend, random, context } = recovery;
  const stage = `${(100 * sparsity).toFixed(2)} % of the ${pieces} removed`;
  const trials: PruningTrial[] = [];
  let best = { keptShare: -Infinity, model: from };
  const conclude = ({ model, verdict, accepted }: Recovered, criterion: Criterion, how: string): void => {
    const { meanReturn, keptShare } = verdict ?? validation.judge(model);
    if (keptShare > best.keptShare) best = { keptShare, model };
    const count = countNetwork(model.description.network, model.parameters, model.masks);
    const removed = rung.shareRemoved(model);
    context.metrics(
      Object.entries({
        [METRIC.trialSparsity]: removed,
        ...(meanReturn !== null && { [METRIC.trialReturn]: meanReturn }),
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
    const outcome = accepted ? 'kept' : 'not kept';
    const measured =
      meanReturn === null ? `agreement ${(100 * keptShare).toFixed(1)} %` : `return ${meanReturn.toFixed(1)}`;
    context.log('info', `${stage}, ranked by ${criterion.id}, ${how}: ${measured}, ${outcome}`);
  };

  let promising: { readonly distilled: Recovered; readonly criterion: Criterion } | null = null;
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
    const distilled = await distil(rung, student, stage);
    if (distilled.stopped) return { result: distilled, best: best.model, trials };
    conclude(distilled, criterion, 'distillation');
    if (distilled.accepted) return { result: distilled, best: distilled.model, trials };
    if (promising === null || distilled.quickShare > promising.distilled.quickShare)
      promising = { distilled, criterion };
  }
  // Evolution asks for returns.
  if (recovery.experience.kind === 'recorded') return { result: null, best: best.model, trials };
  const { distilled, criterion } = promising!;
  const evolved = await evolveOn(rung, distilled, stage);
  if (evolved.stopped) return { result: evolved, best: best.model, trials };
  conclude(evolved, criterion, 'distillation, then evolution');
  return { result: evolved.accepted ? evolved : null, best: best.model, trials };
}
