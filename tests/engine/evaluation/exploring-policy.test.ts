import { describe, expect, it } from 'vitest';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { mountainCar } from '../../../src-main/engine/environments/mountain-car.ts';
import { pendulum } from '../../../src-main/engine/environments/pendulum.ts';
import { exploringPolicy } from '../../../src-main/engine/evaluation/exploring-policy.ts';
import type { BatchPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

const always = (action: number): BatchPolicy => ({ act: (_, count) => new Int32Array(count).fill(action) });
const n = 6000;
const acted = (epsilon: number, seed = 1): number[] => {
  const policy = exploringPolicy({
    policy: always(2),
    environment: mountainCar,
    epsilon,
    random: new Random(seed),
  });
  return Array.from(policy.act(new Float32Array(2 * n), n), Number);
};

it('without exploration is the policy itself', () => {
  expect(acted(0)).toEqual(new Array(n).fill(2));
});

it('does something else in ε of the cases, each action as likely', () => {
  const counts = [0, 1, 2].map((action) => acted(0.3).filter((chosen) => chosen === action).length);
  [0.1, 0.1, 0.8].forEach((share, action) => {
    expect(Math.abs(counts[action]! / n - share)).toBeLessThan(0.02);
  });
});

it('follows its seed', () => {
  expect(acted(0.5)).toEqual(acted(0.5));
  expect(acted(0.5, 2)).not.toEqual(acted(0.5));
});

describe('random actions', () => {
  it('of a box are uniform within its bounds', () => {
    const still: BatchPolicy = { act: (_, count) => Array.from({ length: count }, () => new Float32Array(1)) };
    const policy = exploringPolicy({ policy: still, environment: pendulum, epsilon: 1, random: new Random(1) });
    const actions = Array.from(policy.act(new Float32Array(3 * n), n), (action) => (action as Float32Array)[0]!);
    expect(Math.max(...actions.map(Math.abs))).toBeLessThanOrEqual(2);
    const square = actions.reduce((sum, a) => sum + a * a, 0) / n;
    expect(Math.abs(square - 4 / 3)).toBeLessThan(0.1);
  });

  it('are actions that the environment has', () => {
    const policy = exploringPolicy({
      policy: always(0),
      environment: cartPole,
      epsilon: 1,
      random: new Random(1),
    });
    expect(new Set(Array.from(policy.act(new Float32Array(4 * n), n), Number))).toEqual(new Set([0, 1]));
  });
});
