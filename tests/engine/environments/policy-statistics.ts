// Returns and lengths of many episodes of a policy, to be compared with what a reference implementation gave.
import type { Action, EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

export type SimplePolicy = (observation: Float32Array, random: Random) => Action;

export interface Estimate {
  readonly mean: number;
  /** Of the mean. */
  readonly error: number;
}

export interface PolicyStatistics {
  readonly returns: readonly number[];
  readonly meanReturn: Estimate;
  readonly meanLength: Estimate;
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** Episodes of the seeds 0, 1, 2, …, within the time limit. */
export function playMany(definition: EnvironmentDefinition, policy: SimplePolicy, episodes: number): PolicyStatistics {
  const vector = new VectorEnvironment(definition, 1);
  const returns: number[] = [];
  const lengths: number[] = [];
  for (let seed = 0; seed < episodes; seed++) {
    const random = new Random(1e6 + seed);
    vector.reset(0, seed);
    let total = 0;
    while (vector.active[0] === 1) {
      vector.step([policy(vector.observations, random)]);
      total += vector.rewards[0]!;
    }
    returns.push(total);
    lengths.push(vector.steps[0]!);
  }
  return { returns, meanReturn: estimate(returns), meanLength: estimate(lengths) };
}

/** By how many standard errors two means differ. */
export function sigmasApart(ours: Estimate, theirs: Estimate): number {
  return Math.abs(ours.mean - theirs.mean) / Math.hypot(ours.error, theirs.error);
}
