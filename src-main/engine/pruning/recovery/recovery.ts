// How a pruned policy heals. A recovery starts a session; the session trains with the masks held.
import type { ModelDescription } from '../../../contract/model.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Masks } from '../../networks/parameters.ts';
import type { Backend, NetworkInstance } from '../../numerics/backend.ts';
import type { Random } from '../../random/random.ts';
import type { RunContext } from '../../run-context.ts';
import type { Experience } from '../experience.ts';

export interface RecoveryInput {
  readonly backend: Backend;
  readonly experience: Experience;
  /** What the student is to act like. */
  readonly parent: PolicyModel;
  /** Where recovery starts; its network may be smaller than the parent's. */
  readonly student: PolicyModel;
  readonly random: Random;
  /** Work in all: what learning-rate decay and exploration are stretched over. */
  readonly updates: number;
  /** Told of the student after every backward pass and before its step, by recoveries that follow gradients. */
  readonly onGradients?: (student: NetworkInstance) => void;
  readonly context: RunContext;
}

export interface RecoverySession {
  /** From now on these weights are zero and stay zero, whatever the optimizer's momentum says. */
  setMasks(masks: Masks): void;
  /** Trains on; ends early when the person asked to stop. @returns true when stopped */
  advance(updates: number): Promise<boolean>;
  /** The student as it is now, as a copy. */
  current(): PolicyModel;
  dispose(): void;
}

export interface Recovery {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly formula: string;
  /** Whether it trains along gradients. */
  readonly followsGradients: boolean;
  /** Whether it learns from returns, so that it cannot do without an environment. */
  readonly needsReturns: boolean;
  /** For those that cannot train every model. @throws a SecateurError when it is one of these */
  readonly check?: (description: ModelDescription) => void;
  /** @throws a SecateurError when this recovery cannot train this model */
  readonly start: (input: RecoveryInput) => RecoverySession;
}
