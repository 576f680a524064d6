import { expect, it } from 'vitest';
import { wrapName } from '../../../../src-renderer/features/comparison/wrap-name.ts';

it.each([
  ['dqn-CartPole-v1', ['dqn-CartPole-v1']],
  ['dqn-CartPole-v1, 20 % of the neurons pruned', ['dqn-CartPole-v1', '20 % of the neurons pruned']],
  ['dqn, 20 % of the neurons pruned, 50 % of the weights pruned', ['dqn', '… 50 % of the weights pruned']],
  ['a name that goes on and on and never ends', ['a name that goes on and on an…']],
])('%s', (name, lines) => {
  expect(wrapName(name)).toEqual(lines);
});
