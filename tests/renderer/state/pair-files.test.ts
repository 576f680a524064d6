// Which dropped files belong together.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairFiles } from '../../../src-renderer/state/pair-files.ts';

const files = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));
const paired = (...names: string[]): (string | undefined)[][] =>
  pairFiles(files(...names)).map(({ agent, normalizer }) => [agent?.name, normalizer?.name]);

it.each([
  ['an agent alone', ['a.zip'], [['a.zip', undefined]]],
  [
    'an agent and a normaliser of any name',
    ['vecnormalize.pkl', 'best_model.zip'],
    [['best_model.zip', 'vecnormalize.pkl']],
  ],
  [
    'several agents, each with its own',
    ['a2c.vecnormalize.pkl', 'ppo.zip', 'a2c.zip', 'ppo.pkl'],
    [
      ['ppo.zip', 'ppo.pkl'],
      ['a2c.zip', 'a2c.vecnormalize.pkl'],
    ],
  ],
  [
    'the longest name that fits',
    ['dqn.zip', 'dqn-2.zip', 'dqn-2.pkl'],
    [
      ['dqn.zip', undefined],
      ['dqn-2.zip', 'dqn-2.pkl'],
    ],
  ],
  [
    'a normaliser that fits none of several agents',
    ['a.zip', 'b.zip', 'vecnormalize.pkl'],
    [
      ['a.zip', undefined],
      ['b.zip', undefined],
      [undefined, 'vecnormalize.pkl'],
    ],
  ],
  ['a normaliser alone', ['vecnormalize.PKL'], [[undefined, 'vecnormalize.PKL']]],
])('%s', (_, names, expected) => {
  expect(paired(...names)).toEqual(expected);
});

it('every file is used once, whatever there is', () => {
  const name = fc
    .tuple(fc.stringMatching(/^[ab]{1,3}$/), fc.constantFrom('.zip', '.pkl', '.safetensors'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 8 }), (names) => {
      const used = pairFiles(files(...names)).flatMap(({ agent, normalizer }) => [agent, normalizer]);
      expect(used.flatMap((file) => (file === null ? [] : [file.name])).sort()).toEqual([...names].sort());
    }),
  );
});
