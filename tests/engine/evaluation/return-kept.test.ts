import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { keptShare } from '../../../src-main/contract/kept-share.ts';
import { feasiblePruningRate, keepsReturn } from '../../../src-main/engine/evaluation/return-kept.ts';

describe('keptShare', () => {
  it.each([
    { environment: 'CartPole-v1', dense: 500, pruned: 475, share: 0.95 },
    { environment: 'CartPole-v1', dense: 400, pruned: 440, share: 1.1 },
    { environment: 'MountainCar-v0', dense: -100, pruned: -105, share: 0.95 },
    { environment: 'MountainCar-v0', dense: -100, pruned: -200, share: 0 },
    { environment: 'Acrobot-v1', dense: -80, pruned: -101, share: 0.95 },
  ])('of $pruned against $dense in $environment is $share', ({ environment, dense, pruned, share }) => {
    const worst = environments.get(environment).worstReturn;
    expect(keptShare({ dense, pruned, worst })).toBeCloseTo(share, 12);
  });

  it('does not change when all returns are shifted or scaled together', () => {
    const integer = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(integer, integer, integer, integer, fc.integer({ min: 1, max: 9 }), (a, b, worst, shift, scale) => {
        fc.pre(a > worst);
        const moved = (value: number): number => scale * value + shift;
        expect(keptShare({ dense: moved(a), pruned: moved(b), worst: moved(worst) })).toBeCloseTo(
          keptShare({ dense: a, pruned: b, worst }),
          9,
        );
      }),
    );
  });

  it('of an agent that has nothing to lose is all or nothing', () => {
    expect(keptShare({ dense: -200, pruned: -200, worst: -200 })).toBe(1);
    expect(keptShare({ dense: -200, pruned: -150, worst: -200 })).toBe(1);
    expect(keptShare({ dense: -210, pruned: -220, worst: -200 })).toBe(0);
  });
});

it('accepts exactly what keeps the share', () => {
  expect(keepsReturn({ dense: 500, pruned: 475, worst: 0 })).toBe(true);
  expect(keepsReturn({ dense: 500, pruned: 474.9, worst: 0 })).toBe(false);
  expect(keepsReturn({ dense: 500, pruned: 474.9, worst: 0 }, 0.9)).toBe(true);
});

it('the feasible pruning rate is the largest that keeps enough, wherever it is in the list', () => {
  const points = [
    { sparsity: 0.95, keptShare: 0.96 },
    { sparsity: 0.5, keptShare: 1 },
    { sparsity: 0.9, keptShare: 0.94 }, // a dip on the way does not count against what comes after
    { sparsity: 0.99, keptShare: 0.3 },
  ];
  expect(feasiblePruningRate(points)).toBe(0.95);
  expect(feasiblePruningRate(points, 0.99)).toBe(0.5);
  expect(feasiblePruningRate(points, 1.01)).toBeNull();
});
