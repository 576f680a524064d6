import { describe, expect, it } from 'vitest';
import { PolicyGradientAgent } from '../../../../src-main/engine/agents/policy-gradient/agent.ts';
import { type PolicyGradientSettings } from '../../../../src-main/engine/agents/policy-gradient/config.ts';
import { freshPolicyGradientModel } from '../../../../src-main/engine/agents/policy-gradient/network.ts';
import type { Action, Spaces } from '../../../../src-main/engine/environments/environment.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import type { Masks, Parameters } from '../../../../src-main/engine/networks/parameters.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { testBackend } from '../../../test-backend.ts';
import { a2c, ppo } from '../../training/run-policy-gradient.ts';

const WIDTH = 3;
const TOTAL = 1000;

const space = (size: number, bound: number): Spaces['observationSpace'] => ({
  kind: 'box',
  shape: [size],
  low: new Array<number>(size).fill(-bound),
  high: new Array<number>(size).fill(bound),
});
const discrete: Spaces = { observationSpace: space(WIDTH, 9), actionSpace: { kind: 'discrete', n: 2 } };
const continuous: Spaces = { observationSpace: space(WIDTH, 9), actionSpace: space(2, 1) };

const fresh = (settings: PolicyGradientSettings, spaces: Spaces = discrete): PolicyModel =>
  freshPolicyGradientModel(settings, spaces, new Random(8));

function agentOf(settings: PolicyGradientSettings, model = fresh(settings), criticUpdates = 0): PolicyGradientAgent {
  const random = new Random(2);
  return new PolicyGradientAgent({ settings, model, totalSteps: TOTAL, backend: testBackend, random, criticUpdates });
}

interface Played {
  readonly states: Float32Array;
  readonly actions: readonly Action[];
}

/** Steps with reward 1 in every environment, each to a random state; the last may end the episodes. */
function play(
  agent: PolicyGradientAgent,
  { steps, environments, end }: { steps: number; environments: number; end?: 'terminated' | 'truncated' },
): Played[] {
  const random = new Random(11);
  const observations = (): Float32Array => Float32Array.from({ length: environments * WIDTH }, () => random.normal());
  return Array.from({ length: steps }, (_, t) => {
    const states = observations();
    const actions = Array.from(agent.act(states), (action) => (typeof action === 'number' ? action : action.slice()));
    const over = (kind: 'terminated' | 'truncated'): Uint8Array =>
      new Uint8Array(environments).fill(t === steps - 1 && end === kind ? 1 : 0);
    agent.observe({
      rewards: new Float32Array(environments).fill(1),
      terminated: over('terminated'),
      truncated: over('truncated'),
      observations: new Float32Array(environments * WIDTH).fill(0.5),
    });
    return { states, actions };
  });
}

function everyThird(parameters: Parameters): Masks {
  const kernels = Object.entries(parameters).filter(([name]) => name.endsWith('/kernel'));
  return Object.fromEntries(
    kernels.map(([name, { length }]) => [name, Uint8Array.from({ length }, (_, i) => +(i % 3 > 0))]),
  );
}

describe('acting', () => {
  it('draws continuous actions around the mean, and plays them within their bounds', () => {
    const settings = ppo({ environments: 500, nSteps: 4, initialLogStd: 0.7 });
    const agent = agentOf(settings, fresh(settings, continuous));
    const [{ actions }] = play(agent, { steps: 1, environments: 500 }) as [Played];
    const components = actions.flatMap((action) => [...(action as Float32Array)]);
    expect(Math.max(...components.map(Math.abs))).toBe(1);
    // σ = e^0.7 ≈ 2 and a mean near 0: |a| < 1 in P(|z| < 1/2.01) ≈ 38 % of the draws; σ of the share of 1000 is 1.5 %.
    const inside = components.filter((a) => Math.abs(a) < 1).length / components.length;
    expect(Math.abs(inside - 0.381)).toBeLessThan(4 * 0.0154);
  });
});

describe('learning', () => {
  it('falls due when every environment has played its steps, and is over after the epochs', () => {
    const agent = agentOf(ppo({ environments: 3, nSteps: 4, batchSize: 5, epochs: 2 }));
    play(agent, { steps: 3, environments: 3 });
    expect(agent.updatesDue).toBe(0);
    play(agent, { steps: 1, environments: 3 });
    expect(agent.updatesDue).toBe(6); // 12 steps in batches of 5, 5 and 2, twice
    for (let left = 5; left >= 0; left--) {
      agent.update();
      expect(agent.updatesDue).toBe(left);
    }
  });

  it.each([
    { end: undefined, bootstraps: true },
    { end: 'truncated' as const, bootstraps: true },
    { end: 'terminated' as const, bootstraps: false },
  ])('bootstraps from the state after the last step, unless it $end', ({ end, bootstraps }) => {
    const agent = agentOf(a2c({ environments: 1, nSteps: 2, gamma: 0.5, valueCoefficient: 1 }));
    const played = play(agent, { steps: 2, environments: 1, ...(end !== undefined && { end }) });
    const valueOf = (state: Float32Array): number => agent.network.forward(state, 1)[2]!;
    const [first, second] = played.map(({ states }) => valueOf(states)) as [number, number];
    const last = 1 + (bootstraps ? 0.5 * valueOf(new Float32Array(WIDTH).fill(0.5)) : 0);
    const expected = ((first - (1 + 0.5 * last)) ** 2 + (second - last) ** 2) / 2;
    expect(agent.update().valueLoss).toBeCloseTo(expected, 5);
  });

  it('begins every round of PPO where it played: ratio 1, nothing clipped', () => {
    const agent = agentOf(ppo({ environments: 2, nSteps: 4, batchSize: 8, epochs: 2, learningRate: 0.05 }));
    play(agent, { steps: 4, environments: 2 });
    const first = agent.update();
    expect(first.approximateKl).toBeCloseTo(0, 6);
    expect(first.clippedShare).toBe(0);
    expect(agent.update().approximateKl).toBeGreaterThan(1e-4);
  });

  it('slows down linearly with the run', () => {
    const agent = agentOf(a2c({ environments: 2, nSteps: 50, learningRate: 0.1, learningRateSchedule: 'linear' }));
    const rates = Array.from({ length: 3 }, () => {
      play(agent, { steps: 50, environments: 2 });
      return agent.update().learningRate;
    });
    [0.09, 0.08, 0.07].forEach((rate, i) => {
      expect(rates[i]).toBeCloseTo(rate, 9);
    });
  });

  it('leaves the policy alone while the critic gets to know it', () => {
    const settings = a2c({ environments: 2, nSteps: 4, entropyCoefficient: 0.1 });
    const agent = agentOf(settings, fresh(settings, continuous), 1);
    const changed = (): string[] => {
      const before = agent.model();
      play(agent, { steps: 4, environments: 2 });
      agent.update();
      const after = agent.model();
      const heads = Object.keys(before.parameters)
        .filter((name) => after.parameters[name]!.some((value, i) => value !== before.parameters[name]![i]))
        .map((name) => name.split('/')[0]!);
      const moved = JSON.stringify(before.description) !== JSON.stringify(after.description);
      return [...new Set([...heads, ...(moved ? ['log σ'] : [])])].sort();
    };
    expect(changed()).toEqual(['value']);
    expect(changed()).toEqual(['log σ', 'policy', 'value']);
  });
});

describe('a model', () => {
  it('carries the normaliser of its observations, so that it answers raw ones as the agent did', () => {
    const settings = ppo({ environments: 4, nSteps: 8, normalizeObservations: true });
    const agent = agentOf(settings);
    play(agent, { steps: 8, environments: 4 });
    const { description, parameters } = agent.model();
    const { normalizer } = description.network.input;
    expect(normalizer).toMatchObject({ clip: 10, epsilon: 1e-8 });
    const raw = Float32Array.of(0.4, -2, 7);
    const normalized = raw.map(
      (value, i) => (value - normalizer!.mean[i]!) / Math.sqrt(normalizer!.variance[i]! + 1e-8),
    );
    const instance = testBackend.instantiate(description.network, parameters, { maxBatch: 1 });
    const expected = agent.network.forward(normalized, 1);
    instance.forward(raw, 1).forEach((output, i) => {
      expect(output).toBeCloseTo(expected[i]!, 5);
    });
    instance.dispose();
  });

  it('that brings a normaliser keeps it', () => {
    const settings = ppo({ environments: 2, nSteps: 4, normalizeObservations: true });
    const model = fresh(settings);
    const normalizer = { mean: [1, 2, 3], variance: [4, 5, 6], epsilon: 1e-8, clip: 5 };
    const { network } = model.description;
    const given = {
      ...model,
      description: { ...model.description, network: { ...network, input: { ...network.input, normalizer } } },
    };
    const agent = agentOf(settings, given);
    play(agent, { steps: 4, environments: 2 });
    agent.update();
    expect(agent.model().description).toEqual(given.description);
  });

  it.each([
    ['discrete', discrete],
    ['continuous', continuous],
  ])('is where the agent starts, and comes back in its own form: %s', (_, spaces) => {
    const settings = ppo({ environments: 2, nSteps: 4 });
    const model = fresh(settings, spaces);
    expect(agentOf(settings, model).model()).toEqual(model);
  });

  it('keeps its pruned weights at zero against momentum, and has no other masks', () => {
    const settings = ppo({ environments: 2, nSteps: 4, batchSize: 4, epochs: 3, learningRate: 0.01 });
    const agent = agentOf(settings, fresh(settings, continuous));
    const train = (): void => {
      play(agent, { steps: 4, environments: 2 });
      while (agent.updatesDue > 0) agent.update();
    };
    train(); // so that there is momentum
    const masks = everyThird(agent.model().parameters);
    agent.setMasks(masks);
    train();
    const model = agent.model();
    expect(model.masks).toEqual(masks);
    for (const [name, mask] of Object.entries(masks)) {
      mask.forEach((kept, i) => {
        if (kept === 0) expect(model.parameters[name]![i]).toBe(0);
      });
    }
  });
});
