// Distributions of actions, as rows of the network's output describe them: categorical over logits, or Gaussian.
import type { Random } from '../../random/random.ts';

/** Where a row of outputs has what belongs to the policy and what to the critic. */
export interface OutputLayout {
  /** Length of a row. */
  readonly rowSize: number;
  /** Where the logits or the means begin, and how many there are. */
  readonly policy: { readonly offset: number; readonly size: number };
  /** Where log σ of each mean begins; null for discrete actions. */
  readonly logStd: number | null;
  /** Where the value is. */
  readonly value: number;
}

/** What an action's probability and the entropy weigh in a loss. */
export interface DistributionSlopes {
  /** ∂loss / ∂ log π(a|s) */
  readonly logProbability: number;
  /** ∂loss / ∂ H(π(·|s)) */
  readonly entropy: number;
}

/** Rows are counted from 0, in outputs as in actions. Nothing is allocated. */
export interface ActionDistribution {
  /** Numbers that an action takes: 1 for the index of a discrete one. */
  readonly actionSize: number;
  /** Draws an action into `actions`. */
  sample(outputs: Float32Array, row: number, actions: Float32Array, actionRow: number, random: Random): void;
  /** log π(a|s), a density for continuous actions. */
  logProbability(outputs: Float32Array, row: number, actions: Float32Array, actionRow: number): number;
  /** H(π(·|s)) in nats. */
  entropy(outputs: Float32Array, row: number): number;
  /** Adds ∂loss/∂outputs of one row to `outputGradient`, which has the form of `outputs`. */
  addGradient(
    outputs: Float32Array,
    row: number,
    actions: Float32Array,
    slopes: DistributionSlopes,
    outputGradient: Float32Array,
  ): void;
}

/** log Σ exp(z) of `size` values from `offset` on. */
function logSumExp(values: Float32Array, offset: number, size: number): number {
  let largest = -Infinity;
  for (let i = 0; i < size; i++) largest = Math.max(largest, values[offset + i]!);
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.exp(values[offset + i]! - largest);
  return largest + Math.log(sum);
}

/** p_i = exp(z_i) / Σ exp(z). An action is the index of one. */
export function categorical({ rowSize, policy }: OutputLayout): ActionDistribution {
  const { size } = policy;
  const entropy = (outputs: Float32Array, offset: number, normalizer: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const log = outputs[offset + i]! - normalizer;
      sum -= Math.exp(log) * log;
    }
    return sum;
  };
  return {
    actionSize: 1,
    sample(outputs, row, actions, actionRow, random) {
      const offset = row * rowSize + policy.offset;
      const normalizer = logSumExp(outputs, offset, size);
      let left = random.uniform();
      let action = 0;
      // The last one takes what rounding leaves over.
      for (; action < size - 1; action++) {
        left -= Math.exp(outputs[offset + action]! - normalizer);
        if (left < 0) break;
      }
      actions[actionRow] = action;
    },
    logProbability(outputs, row, actions, actionRow) {
      const offset = row * rowSize + policy.offset;
      return outputs[offset + actions[actionRow]!]! - logSumExp(outputs, offset, size);
    },
    entropy(outputs, row) {
      const offset = row * rowSize + policy.offset;
      return entropy(outputs, offset, logSumExp(outputs, offset, size));
    },
    /** ∂ log p_a / ∂z_i = 1[i = a] − p_i; ∂H/∂z_i = −p_i (log p_i + H). */
    addGradient(outputs, row, actions, slopes, outputGradient) {
      const offset = row * rowSize + policy.offset;
      const normalizer = logSumExp(outputs, offset, size);
      const h = entropy(outputs, offset, normalizer);
      for (let i = 0; i < size; i++) {
        const log = outputs[offset + i]! - normalizer;
        const p = Math.exp(log);
        outputGradient[offset + i]! -= p * (slopes.logProbability + slopes.entropy * (log + h));
      }
      outputGradient[offset + actions[row]!]! += slopes.logProbability;
    },
  };
}

const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** Independent normal distributions N(μ_i, σ_i²), in which the outputs are μ and log σ. */
export function gaussian({ rowSize, policy }: OutputLayout, logStd: number): ActionDistribution {
  const { size } = policy;
  return {
    actionSize: size,
    sample(outputs, row, actions, actionRow, random) {
      const start = row * rowSize;
      for (let i = 0; i < size; i++) {
        const sigma = Math.exp(outputs[start + logStd + i]!);
        actions[actionRow * size + i] = outputs[start + policy.offset + i]! + sigma * random.normal();
      }
    },
    logProbability(outputs, row, actions, actionRow) {
      const start = row * rowSize;
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const logSigma = outputs[start + logStd + i]!;
        const z = (actions[actionRow * size + i]! - outputs[start + policy.offset + i]!) * Math.exp(-logSigma);
        sum -= (z * z) / 2 + logSigma + HALF_LOG_TWO_PI;
      }
      return sum;
    },
    entropy(outputs, row) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += outputs[row * rowSize + logStd + i]! + HALF_LOG_TWO_PI + 0.5;
      return sum;
    },
    /** With z = (a − μ)/σ: ∂ log π/∂μ = z/σ; ∂ log π/∂ log σ = z² − 1; ∂H/∂ log σ = 1. */
    addGradient(outputs, row, actions, slopes, outputGradient) {
      const start = row * rowSize;
      for (let i = 0; i < size; i++) {
        const inverse = Math.exp(-outputs[start + logStd + i]!);
        const z = (actions[row * size + i]! - outputs[start + policy.offset + i]!) * inverse;
        outputGradient[start + policy.offset + i]! += slopes.logProbability * z * inverse;
        outputGradient[start + logStd + i]! += slopes.logProbability * (z * z - 1) + slopes.entropy;
      }
    },
  };
}

/** The distribution that a layout speaks of. */
export function distributionOf(layout: OutputLayout): ActionDistribution {
  return layout.logStd === null ? categorical(layout) : gaussian(layout, layout.logStd);
}
