// The losses of PPO and A2C as one pure function of outputs and a batch. Results go into arrays that the caller owns.
import type { ActionDistribution, OutputLayout } from './distribution.ts';

/** Steps as columns, as they were played and judged. */
export interface PlayedSteps {
  /** [batch, actionSize] */
  readonly actions: Float32Array;
  /** log π(a|s) of the policy that played, [batch]. */
  readonly logProbabilities: Float32Array;
  /** What the critic of that time estimated, [batch]. */
  readonly values: Float32Array;
  /** How much better the action was than the policy's average, [batch]. */
  readonly advantages: Float32Array;
  /** What the critic should have estimated, [batch]. */
  readonly returns: Float32Array;
}

export type PolicyObjective =
  /** ε of Schulman et al. 2017, eq. 7. `valueClip` bounds how far the critic moves; null does not. */
  | { readonly kind: 'ppo'; readonly clip: number; readonly valueClip: number | null }
  | { readonly kind: 'a2c' }
  /** Only the critic learns. */
  | { readonly kind: 'critic' };

export interface ActorCriticLossInput {
  readonly objective: PolicyObjective;
  /** [batch, rowSize] */
  readonly outputs: Float32Array;
  readonly layout: OutputLayout;
  readonly distribution: ActionDistribution;
  readonly steps: PlayedSteps;
  /** Rows that count. */
  readonly batch: number;
  readonly entropyCoefficient: number;
  readonly valueCoefficient: number;
  /** Receives ∂loss/∂outputs, [batch, rowSize]. */
  readonly outputGradient: Float32Array;
}

/** All of them means over the batch. */
export interface ActorCriticLoss {
  /** What is minimised: policy loss + c_v · value loss − c_H · entropy. */
  readonly loss: number;
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly entropy: number;
  /** Of the policy that played from the present one: (r − 1) − log r (Schulman 2020, "Approximating KL divergence"). */
  readonly approximateKl: number;
  /** Share of the steps whose probability ratio is beyond the clip. */
  readonly clippedShare: number;
}

/**
 * With r = π(a|s) / π_played(a|s) and the advantage A:
 * PPO, −min(r·A, clip(r, 1 ± ε)·A) (Schulman et al. 2017, eq. 7); A2C, −log π(a|s)·A (Mnih et al. 2016, section 4).
 * To it come c_v·(V − R)², in which PPO may hold V near the earlier estimate, and −c_H·H(π(·|s)).
 */
export function actorCriticLoss(input: ActorCriticLossInput): ActorCriticLoss {
  const { objective, outputs, layout, distribution, steps, batch, outputGradient } = input;
  const { rowSize, value } = layout;
  const entropyCoefficient = objective.kind === 'critic' ? 0 : input.entropyCoefficient;
  const slopes = { logProbability: 0, entropy: -entropyCoefficient / batch };
  let policyLoss = 0;
  let valueLoss = 0;
  let entropy = 0;
  let kl = 0;
  let clipped = 0;
  outputGradient.fill(0);
  for (let row = 0; row < batch; row++) {
    const advantage = steps.advantages[row]!;
    const logProbability = distribution.logProbability(outputs, row, steps.actions, row);
    const logRatio = logProbability - steps.logProbabilities[row]!;
    const ratio = Math.exp(logRatio);
    kl += ratio - 1 - logRatio;
    entropy += distribution.entropy(outputs, row);
    switch (objective.kind) {
      case 'ppo': {
        const { clip } = objective;
        const bounded = Math.min(1 + clip, Math.max(1 - clip, ratio));
        if (ratio !== bounded) clipped++;
        policyLoss -= Math.min(ratio * advantage, bounded * advantage);
        // Beyond the clip there is nothing to gain; on its wrong side there is all the way back. What is no number stays
        // one, for the optimizer to refuse.
        const held = ratio * advantage > bounded * advantage;
        slopes.logProbability = held ? 0 : -(ratio * advantage) / batch;
        break;
      }
      case 'a2c':
        policyLoss -= logProbability * advantage;
        slopes.logProbability = -advantage / batch;
        break;
      case 'critic':
        break;
    }
    if (objective.kind !== 'critic') distribution.addGradient(outputs, row, steps.actions, slopes, outputGradient);

    const at = row * rowSize + value;
    const limit = objective.kind === 'ppo' ? (objective.valueClip ?? Infinity) : Infinity;
    const moved = outputs[at]! - steps.values[row]!;
    const error = steps.values[row]! + Math.min(limit, Math.max(-limit, moved)) - steps.returns[row]!;
    valueLoss += error * error;
    outputGradient[at] = Math.abs(moved) > limit ? 0 : (2 * input.valueCoefficient * error) / batch;
  }
  const means = {
    policyLoss: policyLoss / batch,
    valueLoss: valueLoss / batch,
    entropy: entropy / batch,
    approximateKl: kl / batch,
    clippedShare: clipped / batch,
  };
  const loss = means.policyLoss + input.valueCoefficient * means.valueLoss - entropyCoefficient * means.entropy;
  return { loss, ...means };
}
