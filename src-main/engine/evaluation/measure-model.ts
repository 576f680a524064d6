// Everything that is measured of one model, in one way for every model: size, returns, latency.
import type { EvaluationReport, SeedRanges } from '../../contract/evaluation.ts';
import type { ModelMeasurement } from '../../contract/prune-report.ts';
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
  const latency = measureLatency({ run: singleInference(instance, environment), now: () => context.now() });
  instance.dispose();
  return {
    count: countNetwork(model.description.network, model.parameters, model.masks),
    bytes: writeModel(model).length,
    validation,
    test,
    latency,
  };
}

/** One forward pass of batch 1 per call, on the first observation of an episode. */
export function singleInference(instance: NetworkInstance, environment: EnvironmentDefinition): () => void {
  const world = new VectorEnvironment(environment, 1);
  world.reset(0, 0);
  world.dispose();
  return () => {
    instance.forward(world.observations, 1);
  };
}
