// Advantages: how much better what was done turned out than what the critic had expected.

export interface AdvantageInput {
  readonly environments: number;
  /** [steps, environments] */
  readonly rewards: Float32Array;
  /** What the critic estimated before the step, [steps, environments]. */
  readonly values: Float32Array;
  /** 1 where the episode ended with the step, [steps, environments]. */
  readonly ended: Uint8Array;
  /**
   * What the state after the step is worth, where no step of the same episode follows: 0 after a termination, the
   * critic's estimate after a truncation and at the end of the rollout. [steps, environments]
   */
  readonly bootstraps: Float32Array;
  readonly gamma: number;
  readonly lambda: number;
  /** Receives A, [steps, environments]. */
  readonly advantages: Float32Array;
  /** Receives A + V, what the critic is to learn (TD(λ) returns), [steps, environments]. */
  readonly returns: Float32Array;
}

/**
 * A_t = Σ_k (γλ)^k δ_{t+k} with δ_t = r_t + γ V(s_{t+1}) − V(s_t), over the rest of the episode (Schulman et al. 2016,
 * "High-dimensional continuous control using generalized advantage estimation", eq. 16).
 */
export function generalizedAdvantages(input: AdvantageInput): void {
  const { environments, rewards, values, ended, bootstraps, gamma, lambda, advantages, returns } = input;
  const lastStep = rewards.length - environments;
  for (let environment = 0; environment < environments; environment++) {
    let advantage = 0;
    for (let i = lastStep + environment; i >= 0; i -= environments) {
      const over = ended[i] === 1 || i >= lastStep;
      const next = over ? bootstraps[i]! : values[i + environments]!;
      const delta = rewards[i]! + gamma * next - values[i]!;
      advantage = delta + (over ? 0 : gamma * lambda * advantage);
      advantages[i] = advantage;
      returns[i] = advantage + values[i]!;
    }
  }
}

/** Mean 0 and sample deviation 1, in place, of the first `count`; a single advantage stays as it is. */
export function normalizeAdvantages(advantages: Float32Array, count: number): void {
  if (count < 2) return;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += advantages[i]! / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (advantages[i]! - mean) ** 2;
  const deviation = Math.sqrt(squares / (count - 1)) + 1e-8;
  for (let i = 0; i < count; i++) advantages[i] = (advantages[i]! - mean) / deviation;
}
