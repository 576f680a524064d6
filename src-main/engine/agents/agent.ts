// What the training loop asks of an agent, whatever its algorithm.
import type { Action } from '../environments/environment.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Masks } from '../networks/parameters.ts';
import type { NetworkInstance } from '../numerics/backend.ts';
import type { Resumable } from './saved-state.ts';

/** What a step led to, per environment; a `VectorEnvironment` is one. */
export interface StepOutcome {
  /** [count] */
  readonly rewards: Float32Array;
  /** [count], 1 where the episode ended by the rules. */
  readonly terminated: Uint8Array;
  /** [count], 1 where the time limit cut the episode short. */
  readonly truncated: Uint8Array;
  /** After the step, the last of an episode that ended, [count, observationSize]. */
  readonly observations: Float32Array;
}

/** What an update has to say of itself: loss and the like, by name. */
export type UpdateMetrics = Readonly<Record<string, number>>;

/** Asked after a backward pass, before the step: null for the step. The gradients are dense. @throws NonFiniteError */
export type MasksForGradients = (agent: Pick<Agent, 'network' | 'masks'>) => Masks | null;

/**
 * An agent that learns. `act` and `observe` alternate, one call of each per step of all environments; between steps
 * `update` is called until none is due.
 */
export interface Agent extends Resumable {
  /** The network that is trained. */
  readonly network: NetworkInstance;
  /** Updates that are due before the next step. */
  readonly updatesDue: number;
  /** @returns an exploring action per environment, a view valid until the next call. */
  act(observations: Float32Array): ArrayLike<Action>;
  /** What the last actions led to. */
  observe(outcome: StepOutcome): void;
  /**
   * One optimizer step; or instead of it new masks, if `masksFor` has some for the gradients of this update.
   */
  update(masksFor?: MasksForGradients): UpdateMetrics;
  /** What is pruned now. */
  readonly masks: Masks;
  /** From now on masked weights are and stay zero. */
  setMasks(masks: Masks): void;
  /** A copy of the policy as it is now. */
  model(): PolicyModel;
  dispose(): void;
}
