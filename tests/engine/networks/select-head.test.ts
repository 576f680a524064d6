import { expect, it } from 'vitest';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { checkParameters } from '../../../src-main/engine/networks/shapes.ts';
import { referenceForward } from '../../reference-network.ts';
import { sampleModel } from './sample-models.ts';

const observation = [0.3, -1.2, 0.8];

it.each(['actor-critic', 'shared'] as const)('of %s the critic goes, and the policy answers as before', (kind) => {
  const full = sampleModel({ kind, actions: 3 });
  const masks = {
    'policy/out/kernel': new Uint8Array(full.parameters['policy/out/kernel']!.length).fill(1),
    'value/out/kernel': new Uint8Array(full.parameters['value/out/kernel']!.length).fill(1),
  };
  const policy = policyOnly({ ...full, masks });
  const answer = (model: typeof full): number[] =>
    referenceForward({ network: model.description.network, parameters: model.parameters, observation });
  expect(answer(policy)).toEqual(answer(full).slice(0, 3));
  expect(Object.keys(policy.masks)).toEqual(['policy/out/kernel']);
  expect(() => {
    checkParameters(policy.description.network, policy.parameters);
  }).not.toThrow();
});

it.each(['q', 'dueling'] as const)('a %s model needs all of its heads', (kind) => {
  const model = sampleModel({ kind });
  expect(policyOnly(model)).toEqual(model);
});
