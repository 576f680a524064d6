// What every exporter has to reproduce: models, random observations, and the answers of the plain reference.
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { referenceForward } from '../../reference-network.ts';
import { fixture, thirdPartyAgent } from './fixtures.ts';
import { sampleModels } from './sample-models.ts';

export interface ExportCase {
  readonly name: string;
  readonly model: PolicyModel;
  /** How many random observations are compared. */
  readonly count: number;
  /** Observations are normal with this deviation; wide enough that normalisers clip. */
  readonly spread: number;
  readonly outputName: string;
}

export const exportCases: readonly ExportCase[] = [
  {
    name: 'dqn-CartPole-v1',
    model: readModelFile(thirdPartyAgent('dqn-CartPole-v1.zip')).model,
    count: 10_000,
    spread: 1,
    outputName: 'q_values',
  },
  {
    name: 'a2c-Acrobot-v1 with its normaliser',
    model: readModelFile({
      ...thirdPartyAgent('a2c-Acrobot-v1.zip'),
      normalizer: thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl'),
    }).model,
    count: 10_000,
    spread: 8,
    outputName: 'action_logits',
  },
  {
    name: 'a2c-cnn-separate',
    model: readModelFile(fixture('a2c-cnn-separate.zip')).model,
    count: 8,
    spread: 255,
    outputName: 'action_logits',
  },
  ...Object.entries(sampleModels).map(([name, model]) => ({
    name,
    model,
    count: 200,
    spread: 10,
    outputName: model.description.algorithm === 'dqn' ? 'q_values' : 'action_mean',
  })),
];

/** [count, …shape], rounded to float32 as any runtime sees them. */
export function randomObservations({ model, count, spread }: ExportCase): Float32Array {
  const random = new Random(17);
  const size = sizeOf(model.description.network.input.shape);
  return Float32Array.from({ length: count * size }, () => spread * random.normal());
}

/**
 * The largest difference between an export's outputs and the reference, relative where an output exceeds 1: single
 * precision cannot do better on Q-values in the hundreds. Both [count, outputs].
 */
export function largestDifference(example: ExportCase, observations: Float32Array, outputs: Float32Array): number {
  const { description, parameters, masks } = policyOnly(example.model);
  const { network } = description;
  const size = sizeOf(network.input.shape);
  const masked = applyMasks(parameters, masks);
  let largest = 0;
  for (let i = 0; i < example.count; i++) {
    const observation = Array.from(observations.subarray(i * size, (i + 1) * size));
    const expected = referenceForward({ network, parameters: masked, observation });
    for (const [j, value] of expected.entries()) {
      const difference = Math.abs(value - outputs[i * expected.length + j]!) / Math.max(1, Math.abs(value));
      if (!(difference <= largest)) largest = difference;
    }
  }
  return largest;
}
