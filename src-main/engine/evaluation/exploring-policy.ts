// A policy that now and then does something else, so that one sees what lies beside its path.
import type { Action, EnvironmentDefinition } from '../environments/environment.ts';
import type { Random } from '../random/random.ts';
import type { BatchPolicy } from './policy.ts';

function randomAction({ actionSpace }: EnvironmentDefinition, random: Random): Action {
  if (actionSpace.kind === 'discrete') return random.integer(actionSpace.n);
  return Float32Array.from(actionSpace.low, (low, i) => random.between(low, actionSpace.high[i]!));
}

/** ε-greedy around any policy: with probability `epsilon` a uniformly random action of the environment. */
export function exploringPolicy(input: {
  readonly policy: BatchPolicy;
  readonly environment: EnvironmentDefinition;
  readonly epsilon: number;
  readonly random: Random;
}): BatchPolicy {
  const { policy, environment, epsilon, random } = input;
  return {
    act(observations, count) {
      const chosen = policy.act(observations, count);
      return Array.from({ length: count }, (_, row) =>
        random.uniform() < epsilon ? randomAction(environment, random) : chosen[row]!,
      );
    },
  };
}
