import { describe, expect, it } from 'vitest';
import {
  freshPolicyGradientModel,
  learningNetwork,
  learntModel,
  withFreshCritic,
} from '../../../../src-main/engine/agents/policy-gradient/network.ts';
import { acrobot } from '../../../../src-main/engine/environments/acrobot.ts';
import { pendulum } from '../../../../src-main/engine/environments/pendulum.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { policyOnly } from '../../../../src-main/engine/networks/select-head.ts';
import { checkParameters, placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { testBackend } from '../../../test-backend.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { ppo } from '../../training/run-policy-gradient.ts';

function outputs({ description, parameters }: PolicyModel, states: Float32Array, count: number): number[] {
  const instance = testBackend.instantiate(description.network, parameters, { maxBatch: count });
  const rows = [...instance.forward(states, count)];
  instance.dispose();
  return rows;
}

describe('a fresh model', () => {
  const random = new Random(3);
  const states = Float32Array.from({ length: 20 * 6 }, () => random.normal());

  it('has an actor and a critic side by side, and hardly prefers any action', () => {
    const model = freshPolicyGradientModel(ppo({ hiddenUnits: [64, 64] }), acrobot, new Random(1));
    const { network } = model.description;
    expect(network.trunk).toEqual([]);
    expect(placeNetwork(network).heads.map(({ name, size }) => [name, size])).toEqual([
      ['policy', 3],
      ['value', 1],
    ]);
    expect(() => {
      checkParameters(network, model.parameters);
    }).not.toThrow();
    const rows = outputs(model, states, 20);
    const logits = rows.filter((_, i) => i % 4 < 3);
    const values = rows.filter((_, i) => i % 4 === 3);
    expect(Math.max(...logits.map(Math.abs))).toBeLessThan(0.1);
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.3);
  });

  it('of continuous actions says their mean, and their log σ apart', () => {
    const { description } = freshPolicyGradientModel(ppo({ initialLogStd: -0.5 }), pendulum, new Random(1));
    expect(description.policy).toEqual({ kind: 'mean', head: 'policy', logStd: [-0.5] });
    expect(description.actionSpace).toEqual(pendulum.actionSpace);
  });
});

describe('the form in which continuous policies learn', () => {
  const model = freshPolicyGradientModel(ppo({ initialLogStd: -0.5 }), pendulum, new Random(1));

  it('puts out log σ in every state, and nothing else changes', () => {
    const { network, parameters, masks, layout } = learningNetwork(model);
    const instance = testBackend.instantiate(network, parameters, { maxBatch: 2 });
    instance.setMasks(masks);
    const states = Float32Array.of(1, 0, 8, -1, 0.5, -8);
    const rows = [...instance.forward(states, 2)];
    expect([rows[layout.logStd!], rows[layout.rowSize + layout.logStd!]]).toEqual([-0.5, -0.5]);
    const plain = outputs(model, states, 2);
    [0, 1].forEach((row) => {
      const at = row * layout.rowSize;
      expect([rows[at + layout.policy.offset], rows[at + layout.value]]).toEqual([plain[2 * row], plain[2 * row + 1]]);
    });
  });

  it('comes back as the model with what was learnt', () => {
    const { parameters } = learningNetwork(model);
    const learnt = learntModel(model, { ...parameters, 'log_std/bias': Float32Array.of(0.25) }, {});
    expect(learnt.parameters).toEqual(model.parameters);
    expect(learnt.description.policy).toMatchObject({ logStd: [0.25] });
  });
});

describe('withFreshCritic', () => {
  const hidden = { hiddenUnits: [7], activation: 'tanh' } as const;

  it.each(['shared', 'actor-critic'] as const)('acts as before, beside a critic that shares nothing: %s', (kind) => {
    const model = policyOnly(sampleModel({ kind, actions: 3 }));
    const completed = withFreshCritic(model, hidden, new Random(2));
    expect(completed.description.network.trunk).toEqual([]);
    const states = Float32Array.of(1, -2, 0.5, 0.1, 0.2, 0.3);
    const before = outputs(model, states, 2);
    const after = outputs(completed, states, 2);
    expect(after.filter((_, i) => i % 4 < 3)).toEqual(before);
  });

  it('replaces the critic that was there', () => {
    const model = sampleModel({ kind: 'actor-critic' });
    const completed = withFreshCritic(model, hidden, new Random(2));
    expect(Object.keys(completed.parameters).filter((name) => name.startsWith('value/'))).toEqual([
      'value/dense_1/kernel',
      'value/dense_1/bias',
      'value/output/kernel',
      'value/output/bias',
    ]);
  });
});
