// What the student is taught: pure functions from both networks' outputs to a loss and its gradient.

export interface DistillationLossInput {
  /** Student outputs of the policy head, [batch, actions]. */
  readonly student: Float32Array;
  /** Parent outputs of the policy head, [batch, actions]. */
  readonly parent: Float32Array;
  readonly batch: number;
  readonly actions: number;
  /** What one unit of output means: the parent's mean gap between its two best actions, or half the action range. */
  readonly scale: number;
  /** Softmax temperature on the scaled outputs. */
  readonly temperature: number;
  /** d loss / d student, [batch, actions]; overwritten. */
  readonly gradient: Float32Array;
}

/** Gaps beyond this many mean gaps weigh no more: a few decisive states must not drown the rest. */
const LARGEST_GAP = 3;

/** A distribution over actions and its logarithm, which stays finite where a probability underflows. */
class Softmax {
  readonly p: Float64Array;
  readonly log: Float64Array;

  constructor(actions: number) {
    this.p = new Float64Array(actions);
    this.log = new Float64Array(actions);
  }

  /** softmax(row / divisor) of the row that begins at `offset`. */
  read(values: Float32Array, offset: number, divisor: number): void {
    const { p, log } = this;
    let largest = -Infinity;
    for (let a = 0; a < p.length; a++) largest = Math.max(largest, values[offset + a]!);
    let sum = 0;
    for (let a = 0; a < p.length; a++) {
      log[a] = (values[offset + a]! - largest) / divisor;
      p[a] = Math.exp(log[a]!);
      sum += p[a]!;
    }
    const logSum = Math.log(sum);
    for (let a = 0; a < p.length; a++) {
      p[a]! /= sum;
      log[a]! -= logSum;
    }
  }
}

/**
 * Policy distillation for discrete actions (Rusu et al. 2016, §3, KL with temperature) plus the cross-entropy of the
 * parent's greedy action weighted by how much that action is better than the next: with z, x the parent's and the
 * student's outputs over `scale`, p = softmax(z/τ), q = softmax(x/τ) and g = min(gap of z, 3),
 *   loss = τ · mean_batch [ KL(p ‖ q) − g · ln q(argmax z) ].
 * Both are invariant to a constant added to all outputs, so Q-values and logits are taught alike; where the parent is
 * indifferent the weight vanishes, and where it is decided the action counts more than the exact values.
 * @returns the loss
 */
export function discreteDistillationLoss(input: DistillationLossInput): number {
  const { student, parent, batch, actions, scale, temperature, gradient } = input;
  const taught = new Softmax(actions);
  const answered = new Softmax(actions);
  const { p, log: logP } = taught;
  const { p: q, log: logQ } = answered;
  let loss = 0;
  for (let row = 0; row < batch; row++) {
    const offset = row * actions;
    taught.read(parent, offset, scale * temperature);
    answered.read(student, offset, scale * temperature);
    let greedy = 0;
    let second = -Infinity;
    for (let a = 1; a < actions; a++) {
      const value = parent[offset + a]!;
      if (value > parent[offset + greedy]!) {
        second = parent[offset + greedy]!;
        greedy = a;
      } else if (value > second) second = value;
    }
    const gap = Math.min(LARGEST_GAP, (parent[offset + greedy]! - second) / scale);
    loss -= gap * logQ[greedy]!;
    for (let a = 0; a < actions; a++) {
      loss += p[a]! * (logP[a]! - logQ[a]!);
      const chosen = a === greedy ? 1 : 0;
      // d(−ln q_c)/dx_a = (q_a − 1[a = c]) / (scale·τ); the factor τ in front of the loss cancels.
      gradient[offset + a] = (q[a]! - p[a]! + gap * (q[a]! - chosen)) / (scale * batch);
    }
  }
  return (temperature * loss) / batch;
}

/**
 * Distillation of a continuous action's mean: Huber (δ = 1) of the difference over `scale`, mean over batch and
 * dimensions. `parent` has to be clipped to the action space by the caller: beyond its bounds nothing is to be learnt.
 * @returns the loss
 */
export function continuousDistillationLoss(input: Omit<DistillationLossInput, 'temperature'>): number {
  const { student, parent, batch, actions, scale, gradient } = input;
  const count = batch * actions;
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const difference = (student[i]! - parent[i]!) / scale;
    const magnitude = Math.abs(difference);
    loss += magnitude <= 1 ? (difference * difference) / 2 : magnitude - 0.5;
    gradient[i] = Math.max(-1, Math.min(1, difference)) / (scale * count);
  }
  return loss / count;
}

/** Mean over the rows of the gap between the two largest outputs, [count, actions]; 1 when there is no gap at all. */
export function meanActionGap(outputs: Float32Array, actions: number): number {
  const count = outputs.length / actions;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const sorted = outputs.slice(row * actions, (row + 1) * actions).sort();
    sum += actions > 1 ? sorted[actions - 1]! - sorted[actions - 2]! : 0;
  }
  const mean = sum / count;
  return mean > 0 ? mean : 1;
}
