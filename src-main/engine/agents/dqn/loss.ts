// The loss of DQN as pure functions of Q-values and a batch. Results go into arrays that the caller owns.
import type { DqnConfig } from '../../../contract/dqn.ts';

/** Index of the largest of `count` values from `offset` on; the first of equals. */
export function argmax(values: Float32Array, offset: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[offset + i]! > values[offset + best]!) best = i;
  return best;
}

export interface TargetInput {
  /** R of each transition, the discounted sum of its n rewards, [batch]. */
  readonly rewards: Float32Array;
  /** What the value of the next state is worth: γⁿ, also after a truncation; 0 if the episode terminated. [batch] */
  readonly discounts: Float32Array;
  /** Target network at the next state, [batch, actions]. */
  readonly nextQ: Float32Array;
  /** What chooses the next action, [batch, actions]: the online network for double DQN, else `nextQ` again. */
  readonly nextSelector: Float32Array;
  readonly actionCount: number;
  /** Receives the targets, [batch]. */
  readonly targets: Float32Array;
}

/**
 * y = R + discount · Q_target(s′, argmax_a Q_select(s′, a)): Mnih et al. 2015, algorithm 1, where selector and target
 * are one; van Hasselt et al. 2016, eq. 4, where they are not.
 */
export function tdTargets({ rewards, discounts, nextQ, nextSelector, actionCount, targets }: TargetInput): void {
  for (let row = 0; row < targets.length; row++) {
    const offset = row * actionCount;
    const bootstrap = nextQ[offset + argmax(nextSelector, offset, actionCount)]!;
    targets[row] = rewards[row]! + discounts[row]! * bootstrap;
  }
}

export interface LossInput {
  readonly kind: DqnConfig['loss'];
  /** Online network at the state, [batch, actions]. */
  readonly q: Float32Array;
  /** The action taken, [batch]. */
  readonly actions: Int32Array;
  /** [batch] */
  readonly targets: Float32Array;
  readonly actionCount: number;
  /** Receives ∂loss/∂q, [batch, actions]. */
  readonly outputGradient: Float32Array;
  /** Of each row in the mean, [batch]; absent: 1. */
  readonly weights?: Float32Array;
  /** Receives δ, [batch]. */
  readonly errors?: Float32Array;
}

/**
 * Mean over the batch of the weighted loss of δ = Q(s, a) − y. Huber (1964): δ²/2 where |δ| ≤ 1, |δ| − 1/2 beyond, the
 * `smooth_l1_loss` of PyTorch; squared: δ².
 * @returns the loss
 */
export function tdLoss(input: LossInput): number {
  const { kind, q, actions, targets, actionCount, outputGradient, weights, errors } = input;
  const batch = targets.length;
  let total = 0;
  outputGradient.fill(0);
  for (let row = 0; row < batch; row++) {
    const index = row * actionCount + actions[row]!;
    const error = q[index]! - targets[row]!;
    const size = Math.abs(error);
    const weight = weights === undefined ? 1 : weights[row]!;
    if (errors !== undefined) errors[row] = error;
    if (kind === 'mse') {
      total += weight * error * error;
      outputGradient[index] = (weight * 2 * error) / batch;
    } else {
      total += weight * (size <= 1 ? (error * error) / 2 : size - 0.5);
      outputGradient[index] = (weight * (size <= 1 ? error : Math.sign(error))) / batch;
    }
  }
  return total / batch;
}
