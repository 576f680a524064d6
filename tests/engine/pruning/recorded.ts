// Observations as a person would bring them: what a policy meets while it plays, row after row.
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { instantiateModel } from '../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import type { Observations } from '../../../src-main/engine/formats/observations/observations.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { testBackend } from '../../test-backend.ts';

/** Of one episode after the other. */
export function recordedIn(
  environment: EnvironmentDefinition,
  model: PolicyModel,
  seeds: { readonly first: number; readonly count: number },
): Observations {
  const size = sizeOf(environment.observationSpace.shape);
  const values: number[] = [];
  const instance = instantiateModel(testBackend, model);
  runEpisodes({
    environment,
    policy: modelPolicy(instance, model.description),
    seeds: Array.from({ length: seeds.count }, (_, i) => seeds.first + i),
    parallel: 1,
    observe: (observations, count) => values.push(...observations.subarray(0, count * size)),
  });
  instance.dispose();
  return { rows: values.length / size, values: Float32Array.from(values) };
}
