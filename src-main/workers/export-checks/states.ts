// The states that exported files are checked on.
import { environmentName } from '../../contract/environment-id.ts';
import { environments } from '../../engine/environments/registry.ts';
import { collectStates } from '../../engine/evaluation/collect-states.ts';
import { exploringPolicy } from '../../engine/evaluation/exploring-policy.ts';
import { EVALUATION_BATCH, instantiateModel } from '../../engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../engine/evaluation/policy.ts';
import type { PolicyModel } from '../../engine/networks/model.ts';
import { sizeOf } from '../../engine/networks/shapes.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import type { Random } from '../../engine/random/random.ts';

const EPISODES = 64;
/** Half of the actions are random, so that states beside the policy's path are seen too. */
const EPSILON = 0.5;

/** Normal numbers around what the normaliser expects; where the input is an image pixels, or cells if it is not scaled. */
function randomStates(model: PolicyModel, count: number, random: Random): Float32Array {
  const { shape, scale, normalizer } = model.description.network.input;
  const size = sizeOf(shape);
  return Float32Array.from({ length: count * size }, (_, i) => {
    if (shape.length === 3) return random.integer(scale === 1 ? 2 : 256);
    const mean = normalizer?.mean[i % size] ?? 0;
    return mean + Math.sqrt(normalizer?.variance[i % size] ?? 1) * random.normal();
  });
}

/** `count` states: as many as possible from the environment, if it is known, the rest random. [count, inputSize] */
export function checkStates(input: {
  readonly model: PolicyModel;
  readonly environment: string | null;
  readonly count: number;
  readonly backend: Backend;
  readonly random: Random;
}): Float32Array {
  const { model, count, backend, random } = input;
  const states = randomStates(model, count, random);
  if (input.environment === null || !environments.ids.includes(environmentName(input.environment))) return states;
  const environment = environments.get(input.environment);
  const instance = instantiateModel(backend, model);
  const policy = modelPolicy(instance, model.description);
  const visited = collectStates({
    environment,
    policy: exploringPolicy({ policy, environment, epsilon: EPSILON, random }),
    seeds: Array.from({ length: EPISODES }, (_, i) => i),
    parallel: EVALUATION_BATCH,
    maxStates: Math.floor(count / 2),
    random,
  });
  instance.dispose();
  states.set(visited);
  return states;
}
