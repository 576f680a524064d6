// The stand-in of a wide layer that few states have been seen of, in states that have not been seen.
import { expect, it } from 'vitest';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../../src-main/engine/networks/parameters.ts';
import { placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';
import { bypassLayer } from '../../../../src-main/engine/pruning/surgery/bypass-layer.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { referenceForward } from '../../../reference-network.ts';
import { testBackend as backend } from '../../../test-backend.ts';
import { sampleModel } from '../../networks/sample-models.ts';

const INPUTS = 60;

function states(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count * INPUTS }, () => random.normal());
}

function answers({ description, parameters, masks }: PolicyModel, observations: Float32Array): number[] {
  expect(placeNetwork(description.network).inputSize).toBe(INPUTS);
  return Array.from({ length: observations.length / INPUTS }, (_, row) => {
    const observation = [...observations.subarray(row * INPUTS, (row + 1) * INPUTS)];
    return referenceForward({ network: description.network, parameters: applyMasks(parameters, masks), observation });
  }).flat();
}

it('follows the layer and not chance: of one that is affine nothing is lost, with fewer states than inputs', () => {
  const model = sampleModel({ inputs: INPUTS, hidden: [8, 6], actions: 3 });
  const bias = model.parameters['hidden_0/bias']!.map((b) => b + 20);
  const mask = Uint8Array.from({ length: INPUTS * 8 }, (_, i) => Number(i % 3 !== 0));
  const affine: PolicyModel = {
    ...model,
    parameters: { ...model.parameters, 'hidden_0/bias': bias },
    masks: { 'hidden_0/kernel': mask },
  };
  const bypassed = bypassLayer(affine, 'hidden_0', { backend, observations: states(40, 1) });
  const [fresh, wanted] = [states(50, 2), answers(affine, states(50, 2))];
  const missed = answers(bypassed, fresh).map((answer, i) => Math.abs(answer - wanted[i]!));
  // The ridge holds back a ten-thousandth.
  const spread = Math.max(...wanted) - Math.min(...wanted);
  expect(Math.max(...missed)).toBeLessThan(1e-3 * spread);
});
