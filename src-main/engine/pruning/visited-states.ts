// A sample of the states that a policy visits in training, or that it was recorded in: what criteria and input statistics are taken on.
import { collectStates } from '../evaluation/collect-states.ts';
import { exploringPolicy } from '../evaluation/exploring-policy.ts';
import { instantiateModel } from '../evaluation/measure-model.ts';
import { modelPolicy } from '../evaluation/policy.ts';
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { Experience } from './experience.ts';

const EPISODES = 8;
const MOST_STATES = 4000;

/**
 * @param input.epsilon share of random actions; of what was recorded there is no more than that
 * @returns [states, inputSize]
 */
export function visitedStates(input: {
  readonly model: PolicyModel;
  readonly experience: Experience;
  readonly backend: Backend;
  readonly epsilon: number;
  readonly random: Random;
}): Float32Array {
  const { model, experience, backend, epsilon, random } = input;
  // Its blocks are in an order that was drawn: the first rows are as good as any.
  if (experience.kind === 'recorded') {
    return experience.train.subarray(0, MOST_STATES * placeNetwork(model.description.network).inputSize);
  }
  const { environment, nextTrainingSeed } = experience;
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
