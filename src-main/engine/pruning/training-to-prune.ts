// What pruning in a training loop is given, and what the loop is given by it.
import type { Agent } from '../agents/agent.ts';
import type { Resumable } from '../agents/saved-state.ts';
import type { Masks } from '../networks/parameters.ts';
import type { Random } from '../random/random.ts';
import type { TrainingLoopOptions } from '../training/training-loop.ts';
import type { ScoreInput } from './granularity/granularity.ts';

/** An agent as far as pruning looks at it. */
export type Learning = Pick<Agent, 'network' | 'masks'>;

/** A run, for what prunes it. */
export interface TrainingToPrune {
  /** Updates of the whole run. */
  readonly plannedUpdates: number;
  /** What acts, as it is now; a critic beside it is not pruned. */
  readonly acting: (agent: Learning) => Pick<ScoreInput, 'network' | 'parameters' | 'masks'>;
  readonly random: Random;
}

/** How a training loop is pruned. A run resumed from a checkpoint is pruned on as if it had never ended. */
export interface PruningInTraining {
  /** Masks before the first step. */
  readonly begin: ((agent: Learning) => Masks) | null;
  readonly masksAt: NonNullable<TrainingLoopOptions['masksAt']> | null;
  readonly masksByGradients: NonNullable<TrainingLoopOptions['masksByGradients']> | null;
  /** What a checkpoint has to have of it beside the agent's masks. */
  readonly memory: Resumable | null;
  /** Updates after which the policy is as sparse as was asked for. */
  readonly sparseFrom: number;
}
