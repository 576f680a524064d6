// The name of an environment with options, put together and taken apart.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { environmentIdOf, environmentName, environmentOptions } from '../../src-main/contract/environment-id.ts';

it('says what was put into it', () => {
  const options = fc.record(
    {
      'max-steps': fc.integer({ min: 1, max: 1_000_000 }),
      stack: fc.integer({ min: 2, max: 64 }),
      sticky: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(options, (chosen) => {
      const id = environmentIdOf('MinAtar/Breakout-v1', chosen);
      expect(environmentName(id)).toBe('MinAtar/Breakout-v1');
      expect(environmentOptions(id)).toEqual(chosen);
    }),
  );
});

it('is the name alone where nothing is changed', () => {
  expect(environmentIdOf('CartPole-v1', { stack: undefined })).toBe('CartPole-v1');
  expect(environmentIdOf('CartPole-v1', { sticky: 0.25, stack: 4 })).toBe('CartPole-v1?sticky=0.25&stack=4');
});
