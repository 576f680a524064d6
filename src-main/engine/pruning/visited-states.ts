// A sample of the states that a policy visits in training episodes: what criteria and input statistics are taken on.
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { collectStates } from '../evaluation/collect-states.ts';
import { exploringPolicy } from '../evaluation/exploring-policy.ts';
import { instantiateModel } from '../evaluation/measure-model.ts';
import { modelPolicy } from '../evaluation/policy.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';

const EPISODES = 8;
const MOST_STATES = 4000;

/**
 * @param epsilon share of random actions
 * @returns [states, inputSize]
 */
export function visitedStates(input: {
  readonly model: PolicyModel;
  readonly environment: EnvironmentDefinition;
  readonly backend: Backend;
  readonly nextTrainingSeed: () => number;
  readonly epsilon: number;
  readonly random: Random;
}): Float32Array {
  const { model, environment, backend, nextTrainingSeed, epsilon, random } = input;
  const instance = instantiateModel(backend, model, EPISODES);
  const policy = modelPolicy(instance, model.description);
  const states = collectStates({
    environment,
    policy: exploringPolicy({ policy, environment, epsilon, random }),
    seeds: Array.from({ length: EPISODES }, nextTrainingSeed),
    maxStates: MOST_STATES,
    random,
  });
  instance.dispose();
  return states;
}
