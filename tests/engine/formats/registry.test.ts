import { describe, expect, it } from 'vitest';
import {
  NormalizerMismatchError,
  readModelFile,
  UnknownFormatError,
} from '../../../src-main/engine/formats/registry.ts';
import { fixture, thirdPartyAgent, thirdPartyGolden, thrownBy } from './fixtures.ts';

describe('readModelFile', () => {
  it('puts the normaliser into the network', () => {
    const normalizer = thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl');
    const { model, needsNormalizer, notes } = readModelFile({ ...thirdPartyAgent('a2c-Acrobot-v1.zip'), normalizer });
    const { mean, var: variance, clip, eps: epsilon } = thirdPartyGolden['a2c-Acrobot-v1']!.norm!;
    expect(model.description.network.input.normalizer).toEqual({ mean, variance, clip, epsilon });
    expect(needsNormalizer).toBe(false);
    expect(notes).toEqual([]);
  });

  it('warns of a normaliser that is missing, or that may be', () => {
    const normalized = readModelFile(thirdPartyAgent('a2c-Acrobot-v1.zip'));
    expect(normalized.needsNormalizer).toBe(true);
    expect(normalized.notes.join()).toContain('vecnormalize.pkl');
    expect(readModelFile(thirdPartyAgent('dqn-CartPole-v1.zip')).needsNormalizer).toBeNull();
    expect(readModelFile(thirdPartyAgent('ppo-LunarLander-v2.zip')).notes).toEqual([]);
  });

  it('needs nothing more when only rewards were normalised', () => {
    const normalizer = fixture('a2c-reward-normalized.vecnormalize.pkl');
    const { model, needsNormalizer } = readModelFile({ ...fixture('a2c-reward-normalized.zip'), normalizer });
    expect(needsNormalizer).toBe(false);
    expect(model.description.network.input.normalizer).toBeUndefined();
  });

  it('refuses the normaliser of another agent', () => {
    const normalizer = thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl');
    const error = thrownBy(() => readModelFile({ ...thirdPartyAgent('ppo-LunarLander-v2.zip'), normalizer }));
    expect(error).toBeInstanceOf(NormalizerMismatchError);
    expect((error as Error).message).toMatch(/6 numbers.*8/);
  });

  it('goes by the bytes, not by the name', () => {
    const { bytes } = thirdPartyAgent('dqn-CartPole-v1.zip');
    expect(readModelFile({ name: 'agent', bytes }).model.description.algorithm).toBe('dqn');
  });

  it('says what it knows when it knows no better', () => {
    const error = thrownBy(() => readModelFile({ name: 'notes.txt', bytes: new TextEncoder().encode('hello') }));
    expect(error).toBeInstanceOf(UnknownFormatError);
    expect((error as UnknownFormatError).hint).toContain('Stable-Baselines3');
  });
});
