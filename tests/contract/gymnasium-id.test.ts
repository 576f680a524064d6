import { describe, expect, it } from 'vitest';
import { GymnasiumIdError, isGymnasiumId, parseGymnasiumId } from '../../src-main/contract/gymnasium-id.ts';

const plain = { arguments: {}, atari: null, maxSteps: null };

it.each([
  ['gym:CartPole-v1', { ...plain, id: 'CartPole-v1' }],
  ['gym:minigrid:MiniGrid-Empty-8x8-v0', { ...plain, id: 'minigrid:MiniGrid-Empty-8x8-v0' }],
  ['gym:ALE/Pong-v5?atari', { ...plain, id: 'ALE/Pong-v5', atari: { frameSkip: 4, stack: 4, fire: false } }],
  [
    'gym:ALE/Breakout-v5?atari&fire&stack=2&frame-skip=3&repeat_action_probability=0',
    {
      id: 'ALE/Breakout-v5',
      arguments: { repeat_action_probability: 0 },
      atari: { frameSkip: 3, stack: 2, fire: true },
      maxSteps: null,
    },
  ],
  [
    'gym:LunarLander-v3?continuous=true&map=4%264&max-steps=50',
    { id: 'LunarLander-v3', arguments: { continuous: true, map: '4&4' }, atari: null, maxSteps: 50 },
  ],
])('reads %s', (id, expected) => {
  expect(isGymnasiumId(id)).toBe(true);
  expect(parseGymnasiumId(id)).toEqual(expected);
});

describe('refuses', () => {
  it.each([
    ['gym:', /id/],
    ['gym:?atari', /id/],
    ['gym:X-v0?stack=2', /parts of the option "atari"/],
    ['gym:X-v0?atari=yes', /"atari" takes no value/],
    ['gym:X-v0?atari&stack=many', /atari\.stack/],
    ['gym:X-v0?atari&frame-skip=0', /atari\.frameSkip/],
    ['gym:X-v0?max-steps=', /maxSteps/],
    ['gym:X-v0?a=1&a=2', /"a" is there twice/],
    ['gym:X-v0?=1', /no name/],
    ['gym:X-v0?name=%E0%A4%A', /"name" is not/],
  ])('%s', (id, message) => {
    expect(() => parseGymnasiumId(id)).toThrow(GymnasiumIdError);
    expect(() => parseGymnasiumId(id)).toThrow(message);
  });
});

it('leaves the names of built-in environments alone', () => {
  expect(isGymnasiumId('CartPole-v1')).toBe(false);
});
