import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../../../src-main/engine/formats/registry.ts';
import {
  InconsistentAgentError,
  UnsupportedModelError,
} from '../../../../src-main/engine/formats/stable-baselines3/errors.ts';
import { readStableBaselines3 } from '../../../../src-main/engine/formats/stable-baselines3/read.ts';
import { policyOnly } from '../../../../src-main/engine/networks/select-head.ts';
import { referenceForward } from '../../../reference-network.ts';
import { fixture, fixtureNames, golden, thirdPartyAgent, thirdPartyGolden, thrownBy } from '../fixtures.ts';
import { withSettings } from '../repack-agent.ts';

function largestError(actual: readonly number[], expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!) / Math.max(1, Math.abs(value))));
}

describe('agents of Stable-Baselines3 1.0, trained by others', () => {
  it.each(Object.keys(thirdPartyGolden))('%s answers as in PyTorch', (name) => {
    const { description, parameters } = policyOnly(readStableBaselines3(thirdPartyAgent(`${name}.zip`)).model);
    const { obs, out } = thirdPartyGolden[name]!;
    obs.forEach((observation, i) => {
      const row = referenceForward({ network: description.network, parameters, observation });
      expect(largestError(row, out[i]!)).toBeLessThan(1e-5);
    });
  });

  it('tells what it is', () => {
    const { model, origin, notes } = readStableBaselines3(thirdPartyAgent('dqn-CartPole-v1.zip'));
    expect(origin).toBe('DQN, Stable-Baselines3 1.0rc0');
    expect(notes).toEqual([]);
    expect(model.description).toMatchObject({
      algorithm: 'dqn',
      gamma: 0.99,
      policy: { kind: 'greedy', head: 'q' },
      actionSpace: { kind: 'discrete', n: 2 },
    });
    expect(model.description.network.trunk.map((layer) => layer.name)).toEqual(['dense_1', 'dense_2']);
  });

  it.each([
    ['ppo-LunarLander-v2.zip', false],
    ['a2c-Acrobot-v1.zip', true],
    ['dqn-CartPole-v1.zip', null],
  ])('%s: needs a normaliser: %s', (name, needed) => {
    expect(readStableBaselines3(thirdPartyAgent(name)).needsNormalizer).toBe(needed);
  });
});

describe('agents of Stable-Baselines3 2', () => {
  it.each(Object.keys(golden))('%s answers as in PyTorch', (name) => {
    const statistics = `${name}.vecnormalize.pkl`;
    const normalizer = fixtureNames('.pkl').includes(statistics) ? fixture(statistics) : undefined;
    const { model } = readModelFile({ ...fixture(`${name}.zip`), ...(normalizer && { normalizer }) });
    const { observations, outputs } = golden[name]!;
    observations.forEach((observation, i) => {
      const row = referenceForward({ network: model.description.network, parameters: model.parameters, observation });
      expect(largestError(row, outputs[i]!)).toBeLessThan(1e-5);
    });
  });

  it('reads continuous actions with their bounds', () => {
    const { model } = readStableBaselines3(fixture('ppo-box-normalized.zip'));
    expect(model.description.policy).toMatchObject({ kind: 'mean', head: 'policy', logStd: [0.25, 0.375] });
    expect(model.description.actionSpace).toEqual({ kind: 'box', shape: [2], low: [-1, -0.5], high: [1, 0.25] });
    expect(model.description.gamma).toBe(0.97);
    expect(model.description.network.heads[0]!.layers[0]).toMatchObject({ units: 16, activation: 'elu' });
  });

  it('keeps shared features in the trunk and separate ones in the heads', () => {
    const layersOf = (name: string): number[] => {
      const { network } = readStableBaselines3(fixture(name)).model.description;
      return [network.trunk.length, ...network.heads.map((head) => head.layers.length)];
    };
    expect(layersOf('ppo-cnn.zip')).toEqual([5, 1, 1]);
    expect(layersOf('a2c-cnn-separate.zip')).toEqual([0, 7, 7]);
    expect(layersOf('ppo-shared-layers.zip')).toEqual([1, 2, 2]);
  });

  it('says that TRPO is treated as PPO', () => {
    const { model, origin, notes } = readStableBaselines3(fixture('trpo.zip'));
    expect(model.description.algorithm).toBe('ppo');
    expect(origin).toMatch(/^TRPO, /);
    expect(notes.join()).toContain('TRPO');
  });
});

describe('what is not supported', () => {
  it.each([
    ['qrdqn.zip', 'QR-DQN'],
    ['sac.zip', 'SAC'],
    ['td3.zip', 'TD3'],
    ['maskable-ppo.zip', 'MaskablePPO'],
    ['recurrent-ppo.zip', 'RecurrentPPO'],
    ['ppo-multi-input.zip', 'Dict'],
    ['ppo-multi-discrete.zip', 'MultiDiscrete'],
    ['ppo-sde.zip', 'use_sde'],
    ['ppo-leaky-relu.zip', 'LeakyReLU'],
    ['tensors.pth', 'bare weights'],
  ])('%s is refused for %s, with what is supported', (name, reason) => {
    const error = thrownBy(() => readStableBaselines3(fixture(name)));
    expect(error).toBeInstanceOf(UnsupportedModelError);
    expect((error as UnsupportedModelError).message).toContain(name);
    expect((error as UnsupportedModelError).message).toContain(reason);
    expect((error as UnsupportedModelError).hint).toContain('DQN, PPO, A2C');
  });
});

describe('settings that say less, or say it differently', () => {
  const boxWith = (fields: object) => (settings: Record<string, unknown>) => ({
    ...settings,
    action_space: { ...(settings.action_space as object), ...fields },
  });

  it('assumes the default activation when none can be read, and says so', () => {
    const { model, notes } = readStableBaselines3(
      withSettings('dqn-trained.zip', (settings) => ({ ...settings, policy_kwargs: null })),
    );
    expect(model.description.network.trunk[0]).toMatchObject({ activation: 'relu' });
    expect(notes.join()).toContain('relu, the default, is assumed');
  });

  it.each([
    ['one number for all (gymnasium)', { low: '[...]', high: '[...]', low_repr: '-1.5', high_repr: 'inf' }],
    ['scientific (NumPy)', { low: '[-1.5e+00 -1.5e+00]', high: '[inf inf]' }],
    ['with commas', { low: '[-1.5, -1.5]', high: '[inf, inf]' }],
  ])('reads bounds written as %s', (_, fields) => {
    const { model, notes } = readStableBaselines3(withSettings('ppo-box-normalized.zip', boxWith(fields)));
    const high = Number.MAX_VALUE;
    expect(model.description.actionSpace).toMatchObject({ low: [-1.5, -1.5], high: [high, high] });
    expect(notes).toEqual([]);
  });

  it.each([
    ['shortened', { low: '[-1. ... -1.]', high: '[1. ... 1.]' }],
    ['unreadable', { low: 'array', high: {} }],
  ])('leaves actions unbounded when the bounds are %s, and says so', (_, fields) => {
    const { model, notes } = readStableBaselines3(withSettings('ppo-box-normalized.zip', boxWith(fields)));
    const widest = Number.MAX_VALUE;
    expect(model.description.actionSpace).toMatchObject({ low: [-widest, -widest], high: [widest, widest] });
    expect(notes.join()).toContain('bounds of the actions');
  });

  it('reads the spaces of old gym', () => {
    const { model } = readStableBaselines3(
      withSettings('dqn-trained.zip', (settings) => ({
        ...settings,
        action_space: { ':type:': "<class 'gym.spaces.discrete.Discrete'>", n: 4, shape: [] },
        observation_space: { ':type:': "<class 'gym.spaces.box.Box'>", dtype: 'float32', shape: [3] },
      })),
    );
    expect(model.description.actionSpace).toEqual({ kind: 'discrete', n: 4 });
  });

  it('does not scale images when the agent was told not to', () => {
    const scaleOf = (normalize: unknown): number =>
      readStableBaselines3(
        withSettings('ppo-cnn.zip', (settings) => ({ ...settings, policy_kwargs: { normalize_images: normalize } })),
      ).model.description.network.input.scale;
    expect(scaleOf(true)).toBe(1 / 255);
    expect(scaleOf(false)).toBe(1);
  });

  it('takes discrete observations one-hot, and says so', () => {
    const space = { ':type:': "<class 'gymnasium.spaces.discrete.Discrete'>", n: '3', start: '0' };
    const { notes } = readStableBaselines3(
      withSettings('dqn-trained.zip', (settings) => ({ ...settings, observation_space: space })),
    );
    expect(notes.join()).toContain('one-hot');
  });

  it.each(['ppo-custom-extractor.zip', 'ppo-custom-extractors.zip', 'dqn-custom-extractor.zip'])(
    'refuses layers that it does not know, whatever the settings say: %s',
    (name) => {
      expect(thrownBy(() => readStableBaselines3(fixture(name)))).toMatchObject({
        name: 'UnsupportedModelError',
        message: expect.stringContaining('TwoFeatures') as string,
      });
      const silent = withSettings(name, (settings) => ({ ...settings, policy_kwargs: {} }));
      expect(thrownBy(() => readStableBaselines3(silent))).toMatchObject({
        name: 'UnsupportedModelError',
        message: expect.stringContaining('features_extractor.net') as string,
      });
    },
  );

  it('does not guess the size of images', () => {
    const file = withSettings('ppo-cnn.zip', (settings) => ({ ...settings, observation_space: null }));
    expect(() => readStableBaselines3(file)).toThrow(InconsistentAgentError);
  });
});
