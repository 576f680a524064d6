// The loss of a finished policy, whose gradient says what its decisions hang on.
import type { Decisions } from './decisions.ts';

/**
 * ∂ℓ/∂y of one state, where y are the outputs of the policy's head and ℓ is
 * - for discrete actions −ln π(a*), π = softmax(y / gap), with a* and the mean action gap those of the dense policy: the
 *   cross-entropy to its greedy action. The gap makes Q-values and logits of any scale comparable, and keeps the
 *   gradient of a policy that is sure of itself from vanishing;
 * - for continuous actions Σ_d clip(y_d) / h_d, h_d half the range of dimension d: the action itself. A distance to the
 *   dense policy's action would not do, its gradient being zero where nothing has been pruned yet.
 * @param state index of the state in `decisions`
 * @param outputs y, [actions]
 * @param gradient [actions]; overwritten
 */
export function policyLossGradient(input: {
  readonly decisions: Decisions;
  readonly state: number;
  readonly outputs: Float32Array;
  readonly gradient: Float32Array;
}): void {
  const { decisions, state, outputs, gradient } = input;
  switch (decisions.kind) {
    case 'discrete': {
      const { actions, gap } = decisions;
      const largest = outputs.reduce((most, value) => Math.max(most, value), -Infinity);
      const exponentials = Float64Array.from(outputs, (value) => Math.exp((value - largest) / gap));
      const sum = exponentials.reduce((total, value) => total + value, 0);
      for (let a = 0; a < gradient.length; a++) {
        gradient[a] = (exponentials[a]! / sum - (a === actions[state] ? 1 : 0)) / gap;
      }
      return;
    }
    case 'continuous': {
      const { low, high } = decisions.space;
      for (let d = 0; d < gradient.length; d++) {
        const inside = outputs[d]! > low[d]! && outputs[d]! < high[d]!;
        gradient[d] = inside ? 2 / (high[d]! - low[d]!) : 0;
      }
      return;
    }
  }
}
