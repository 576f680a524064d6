import { describe, expect, it } from 'vitest';
import { templateSchema } from '../../../../src-main/contract/catalogue.ts';
import {
  annealed,
  plannedUpdates,
  RunTooShortError,
} from '../../../../src-main/engine/agents/policy-gradient/config.ts';
import { templates } from '../../../../src-main/engine/agents/templates.ts';
import { environments } from '../../../../src-main/engine/environments/registry.ts';
import { a2c, ppo } from '../../training/run-policy-gradient.ts';

describe('templates', () => {
  it.each(templates.all)('$id is complete', (template) => {
    expect(templateSchema.parse(template)).toEqual(template);
  });

  it.each(environments.all)('$id can be learnt with published settings', ({ id }) => {
    expect(templates.all.some(({ environment }) => environment === id)).toBe(true);
  });
});

describe('plannedUpdates', () => {
  it.each([
    // 12 steps in batches of 5, 5 and 2, twice, for each of 8 full rollouts of 100 steps.
    { settings: ppo({ environments: 3, nSteps: 4, batchSize: 5, epochs: 2 }), steps: 100, updates: 8 * 6 },
    { settings: ppo({ environments: 3, nSteps: 4, batchSize: 64, epochs: 2 }), steps: 12, updates: 2 },
    { settings: a2c({ environments: 3, nSteps: 4 }), steps: 100, updates: 8 },
  ])('are $updates in $steps steps', ({ settings, steps, updates }) => {
    expect(plannedUpdates(settings, steps)).toBe(updates);
  });

  it('a run without a single rollout is refused', () => {
    const plan = (): number => plannedUpdates(ppo({ environments: 3, nSteps: 4 }), 11);
    expect(plan).toThrow(RunTooShortError);
    expect(plan).toThrow(/11 steps.*12/);
  });
});

describe('annealed', () => {
  it('falls linearly to zero, and not below', () => {
    const at = (step: number): number => annealed(0.2, 'linear', { step, totalSteps: 100 });
    expect([at(0), at(25), at(100), at(108)]).toEqual([0.2, 0.15000000000000002, 0, 0]);
    expect(annealed(0.2, 'constant', { step: 50, totalSteps: 100 })).toBe(0.2);
  });
});
