// Everything that is measured of one model, in one way for every model: size, returns, latency.
import type { EvaluationReport, Latency, SeedRanges } from '../../contract/evaluation.ts';
import type { ModelCost, ModelMeasurement } from '../../contract/prune-report.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { VectorEnvironment } from '../environments/vector-environment.ts';
import { writeModel } from '../formats/safetensors/model-file.ts';
import { countNetwork } from '../networks/counting.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Backend, NetworkInstance } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { measureLatency } from './latency.ts';
import { modelPolicy } from './policy.ts';

export const EVALUATION_BATCH = 64;

/** The model in a backend, its masks held; to be disposed by the caller. */
export function instantiateModel(backend: Backend, model: PolicyModel, maxBatch = EVALUATION_BATCH): NetworkInstance {
  const instance = backend.instantiate(model.description.network, model.parameters, { maxBatch });
  instance.setMasks(model.masks);
  return instance;
}

/**
 * Plays the validation and the test seeds, times single inferences, and counts. It is finished also when the person
 * has asked to stop: stopping keeps what there is, and what is kept has to be measured.
 */
export async function measureModel(input: {
  readonly model: PolicyModel;
  readonly environment: EnvironmentDefinition;
  readonly seeds: SeedRanges;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
  /** For the progress: "the dense policy". */
  readonly what: string;
}): Promise<ModelMeasurement> {
  const { model, environment, seeds, backend, random, context, what } = input;
  const instance = instantiateModel(backend, model);
  const policy = modelPolicy(instance, model.description);
  const evaluate = (purpose: 'validation' | 'test'): Promise<EvaluationReport> =>
    evaluatePolicy({
      environment,
      policy,
      seeds: seeds[purpose],
      parallel: EVALUATION_BATCH,
      random: random.fork(),
      deterministic: true,
      breathe: async () => {
        await context.breathe();
        return false;
      },
      onStep: (done) => {
        context.progress({ stage: `${what} on ${purpose} seeds`, done, total: seeds[purpose].count, unit: 'episodes' });
      },
    });
  const validation = await evaluate('validation');
  const test = await evaluate('test');
  instance.dispose();
  return { ...measureCost({ model, observation: firstObservation(environment), backend, context }), validation, test };
}

/** Times single inferences, and counts. @param input.observation any, [inputSize] */
export function measureCost(input: {
  readonly model: PolicyModel;
  readonly observation: Float32Array;
  readonly backend: Backend;
  readonly context: RunContext;
}): ModelCost {
  const { model } = input;
  return {
    count: countNetwork(model.description.network, model.parameters, model.masks),
    bytes: writeModel(model).length,
    latency: latencyOf(input),
  };
}

/** Of single inferences of the model. */
export function latencyOf(input: {
  readonly model: PolicyModel;
  readonly observation: Float32Array;
  readonly backend: Backend;
  readonly context: RunContext;
}): Latency {
  const { model, observation, backend, context } = input;
  const instance = instantiateModel(backend, model);
  try {
    return measureLatency({ run: singleInference(instance, observation), now: () => context.now() });
  } finally {
    instance.dispose();
  }
}

/** One forward pass of batch 1 per call. */
export function singleInference(instance: NetworkInstance, observation: Float32Array): () => void {
  return () => {
    instance.forward(observation, 1);
  };
}

/** The first of an episode. */
export function firstObservation(environment: EnvironmentDefinition): Float32Array {
  const world = new VectorEnvironment(environment, 1);
  world.reset(0, 0);
  world.dispose();
  return world.observations;
}
