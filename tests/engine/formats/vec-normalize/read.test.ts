import { describe, expect, it } from 'vitest';
import { ForeignGlobalError } from '../../../../src-main/engine/formats/pickle/errors.ts';
import { NotANormalizerError, readVecNormalize } from '../../../../src-main/engine/formats/vec-normalize/read.ts';
import { fixture, thirdPartyAgent, thirdPartyGolden, thrownBy } from '../fixtures.ts';

describe('vecnormalize.pkl', () => {
  it('of NumPy 1, gym and pickle protocol 3', () => {
    const { mean, var: variance, eps: epsilon, clip } = thirdPartyGolden['a2c-Acrobot-v1']!.norm!;
    const normalizer = readVecNormalize(thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl'));
    expect(normalizer).toEqual({ mean, variance, epsilon, clip });
  });

  it('of NumPy 2, gymnasium and pickle protocol 4', () => {
    const normalizer = readVecNormalize(fixture('ppo-box-normalized.vecnormalize.pkl'));
    expect(normalizer).toMatchObject({ epsilon: 1e-8, clip: 5 });
    expect(normalizer!.mean.length).toBe(3);
    expect(Math.min(...normalizer!.variance)).toBeGreaterThan(0);
  });

  it('of rewards alone gives none', () => {
    expect(readVecNormalize(fixture('a2c-reward-normalized.vecnormalize.pkl'))).toBeNull();
  });

  it('of a dictionary of observations is refused', () => {
    const error = thrownBy(() => readVecNormalize(fixture('dictionary.vecnormalize.pkl')));
    expect(error).toBeInstanceOf(NotANormalizerError);
    expect((error as Error).message).toContain('dictionary');
  });

  it('with a class outside of the allowlist is refused by its name', () => {
    const { name, bytes } = thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl');
    const text = Buffer.from(bytes).toString('latin1').replace('gym.spaces.box\nBox', 'subprocess.cal\nlBo');
    const error = thrownBy(() => readVecNormalize({ name, bytes: new Uint8Array(Buffer.from(text, 'latin1')) }));
    expect(error).toBeInstanceOf(ForeignGlobalError);
    expect((error as Error).message).toContain('subprocess.cal.lBo');
  });

  it('that is another pickle is refused', () => {
    const bytes = Uint8Array.of(0x80, 2, 0x4e, 0x2e);
    expect(() => readVecNormalize({ name: 'none.pkl', bytes })).toThrow(NotANormalizerError);
  });
});
