import { describe, expect, it } from 'vitest';
import { dqnConfigSchema } from '../../../../src-main/contract/dqn.ts';
import {
  DQN_DEFAULTS,
  dqnTemplates,
  explorationAt,
  plannedUpdates,
  updatesBetween,
} from '../../../../src-main/engine/agents/dqn/config.ts';
import { environments } from '../../../../src-main/engine/environments/registry.ts';

describe('dqnTemplates', () => {
  it.each(dqnTemplates.all)('$id is a valid configuration', ({ config }) => {
    expect(dqnConfigSchema.parse(config)).toEqual(config);
  });

  it('offers settings for every environment with discrete actions', () => {
    const covered = new Set(dqnTemplates.all.map(({ environment }) => environment));
    const discrete = environments.all.filter(({ actionSpace }) => actionSpace.kind === 'discrete');
    expect(discrete.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

describe('explorationAt', () => {
  const config = { ...DQN_DEFAULTS, explorationFraction: 0.2, explorationInitial: 1, explorationFinal: 0.1 };
  it.each([
    [0, 1],
    [100, 0.55],
    [200, 0.1],
    [900, 0.1],
  ])('after %i of 1000 steps is %f', (step, expected) => {
    expect(explorationAt(config, { step, totalSteps: 1000 })).toBeCloseTo(expected, 12);
  });

  it('is the final value at once when the fraction is 0', () => {
    expect(explorationAt({ ...config, explorationFraction: 0 }, { step: 0, totalSteps: 1000 })).toBe(0.1);
  });
});

describe('plannedUpdates', () => {
  it('is what Stable-Baselines3 does with the CartPole settings: 192 rounds of 128', () => {
    const { config, totalSteps } = dqnTemplates.get('zoo-cartpole');
    let updates = 0;
    for (let steps = 1; steps <= totalSteps; steps++) {
      if (steps % 256 === 0 && steps > 1000) updates += 128;
    }
    expect(plannedUpdates(config, totalSteps)).toBe(updates);
  });

  it.each([1, 3, 8, 500])('is the sum of what falls due when %i environments step together', (environments) => {
    const config = { ...DQN_DEFAULTS, trainFrequency: 7, gradientSteps: 2, learningStarts: 100 };
    let updates = 0;
    let step = 0;
    for (; step < 1000; step += environments) {
      updates += updatesBetween(config, { before: step, after: step + environments });
    }
    expect(updates).toBe(plannedUpdates(config, step));
  });
});
