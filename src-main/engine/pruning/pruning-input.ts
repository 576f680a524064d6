// What every way of pruning is given.
import type { BudgetReport, PruningTrial } from '../../contract/prune-report.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import type { Experience } from './experience.ts';
import type { Granularity } from './granularity/granularity.ts';

export interface PruningInput {
  /** The policy alone (`policyOnly`); it stays as it is. */
  readonly dense: PolicyModel;
  readonly experience: Experience;
  readonly granularity: Granularity;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
}

export interface PruningOutcome {
  /** Masked, and perhaps smaller already; not yet compacted. */
  readonly pruned: PolicyModel;
  readonly trials: readonly PruningTrial[];
  /** Null when none was given. */
  readonly budget: BudgetReport | null;
  readonly stopped: boolean;
  /** Of the proofs on the way, where pruning by hand has merged layers; what is masked is proven when it is cut out. */
  readonly largestDifference?: number;
}
