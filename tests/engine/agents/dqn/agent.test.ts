import { describe, expect, it } from 'vitest';
import type { DqnConfig } from '../../../../src-main/contract/dqn.ts';
import { DqnAgent } from '../../../../src-main/engine/agents/dqn/agent.ts';
import { freshDqnModel } from '../../../../src-main/engine/agents/dqn/network.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import {
  applyMasks,
  cloneParameters,
  type Masks,
  type Parameters,
} from '../../../../src-main/engine/networks/parameters.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { chain } from '../../training/chain.ts';
import { backend, QUICK } from '../../training/run-dqn.ts';

const ENVIRONMENTS = 3;
const WIDTH = 6;

/** Learns after every step, without exploring. */
const EAGER: DqnConfig = {
  ...QUICK,
  learningStarts: 0,
  trainFrequency: ENVIRONMENTS,
  gradientSteps: 1,
  explorationInitial: 0,
  explorationFinal: 0,
};

function agentOf(config: DqnConfig, model: PolicyModel = freshDqnModel(config, chain, new Random(8))): DqnAgent {
  return new DqnAgent({ config, model, environments: ENVIRONMENTS, totalSteps: 1000, backend, random: new Random(2) });
}

const random = new Random(11);
const observations = (): Float32Array => Float32Array.from({ length: ENVIRONMENTS * WIDTH }, () => random.normal());

/** One step of all environments to `next`, with reward 1 each. */
function step(agent: DqnAgent, from: Float32Array, next: Float32Array, terminated = 0): void {
  agent.act(from);
  agent.observe({
    rewards: new Float32Array(ENVIRONMENTS).fill(1),
    terminated: new Uint8Array(ENVIRONMENTS).fill(terminated),
    truncated: new Uint8Array(ENVIRONMENTS),
    observations: next,
  });
}

function targetOf(agent: DqnAgent): Parameters {
  const arrays = Object.entries(agent.saveState().arrays).filter(([name]) => name.startsWith('target:'));
  return Object.fromEntries(arrays.map(([name, values]) => [name.slice(7), values as Float32Array]));
}

function everyThird(parameters: Parameters): Masks {
  const kernels = Object.entries(parameters).filter(([name]) => name.endsWith('/kernel'));
  return Object.fromEntries(
    kernels.map(([name, { length }]) => [name, Uint8Array.from({ length }, (_, i) => +(i % 3 > 0))]),
  );
}

describe('acting', () => {
  it('is greedy without exploration', () => {
    const agent = agentOf(EAGER);
    for (let i = 0; i < 20; i++) {
      const states = observations();
      const actions = [...agent.act(states)];
      const q = agent.network.forward(states, ENVIRONMENTS);
      expect(actions).toEqual(actions.map((_, row) => (q[2 * row + 1]! > q[2 * row]! ? 1 : 0)));
      step(agent, states, states);
    }
  });

  it('is random as often as the schedule says', () => {
    const agent = agentOf({ ...EAGER, trainFrequency: 1e6, explorationInitial: 0.5, explorationFinal: 0.5 });
    const states = observations();
    const greedy = [...agentOf(EAGER).act(states)];
    let different = 0;
    for (let i = 0; i < 1000; i++) {
      agent.act(states).forEach((action, row) => (different += Number(action !== greedy[row])));
      step(agent, states, states);
    }
    // Half of the actions are random, and half of those are greedy all the same: binomial(3000, ¼), σ ≈ 23.7.
    expect(Math.abs(different - 750)).toBeLessThan(4 * 23.7);
  });
});

describe('learning', () => {
  it.each([
    { terminated: 0, bootstraps: true },
    { terminated: 1, bootstraps: false },
  ])('has the loss of Q(s, a) against r + γ max Q(s′, ·), terminated: $terminated', ({ terminated, bootstraps }) => {
    const agent = agentOf({ ...EAGER, bufferSize: 1 }); // so the batch is the last environment's transition
    const [from, next] = [observations(), observations()];
    step(agent, from, next, terminated);
    const last = (states: Float32Array): number[] => [...agent.network.forward(states, ENVIRONMENTS)].slice(-2);
    const error = Math.max(...last(from)) - (1 + (bootstraps ? EAGER.gamma * Math.max(...last(next)) : 0));
    const expected = Math.abs(error) <= 1 ? error ** 2 / 2 : Math.abs(error) - 0.5;
    expect(agent.update().loss).toBeCloseTo(expected, 5);
  });

  it('falls due when the configuration says, not before learning starts', () => {
    const agent = agentOf({ ...EAGER, learningStarts: 10, trainFrequency: 6, gradientSteps: 4 });
    const due = Array.from({ length: 6 }, () => {
      step(agent, observations(), observations());
      return agent.updatesDue;
    });
    expect(due).toEqual([0, 0, 0, 4, 4, 8]); // after 3, 6, 9, 12, 15, 18 steps
    agent.update();
    expect(agent.updatesDue).toBe(7);
  });

  it('copies the online network to the target every targetUpdateInterval steps', () => {
    const agent = agentOf({ ...EAGER, targetUpdateInterval: 4 * ENVIRONMENTS });
    const start = targetOf(agent);
    for (let i = 1; i <= 3; i++) {
      step(agent, observations(), observations());
      agent.update();
      expect(targetOf(agent)).toEqual(start);
    }
    const online = agent.network.readParameters();
    expect(online).not.toEqual(start);
    step(agent, observations(), observations());
    expect(targetOf(agent)).toEqual(online);
  });

  it('lowers the loss on what it has seen', () => {
    const agent = agentOf({ ...EAGER, targetUpdateInterval: 1e6 });
    for (let i = 0; i < 30; i++) step(agent, observations(), observations());
    const losses = Array.from({ length: 200 }, () => agent.update().loss);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(losses.slice(-20))).toBeLessThan(0.2 * mean(losses.slice(0, 20)));
  });
});

describe('observations normalised', () => {
  const config = { ...EAGER, normalizeObservations: true, doubleQ: true, gradientSteps: 3 };
  /** Far from mean 0 and deviation 1. */
  const states = (): Float32Array => observations().map((value, i) => 50 * (i % WIDTH) + 9 * value);

  it('are part of the model, which then acts on them as they are', () => {
    const agent = agentOf(config);
    for (let i = 0; i < 40; i++) {
      step(agent, states(), states());
      while (agent.updatesDue > 0) agent.update();
    }
    const { description, parameters } = agent.model();
    const { mean, variance } = description.network.input.normalizer!;
    for (let feature = 0; feature < WIDTH; feature++) {
      expect(Math.abs(mean[feature]! - 50 * feature)).toBeLessThan(5);
      expect(Math.sqrt(variance[feature]!)).toBeGreaterThan(6);
    }
    const instance = backend.instantiate(description.network, parameters, { maxBatch: ENVIRONMENTS });
    const seen = states();
    const q = [...instance.forward(seen, ENVIRONMENTS)];
    // Seeing three more observations hardly moves the statistics, so that greedy actions are the same.
    const greedy = [0, 1, 2].map((row) => (q[2 * row + 1]! > q[2 * row]! ? 1 : 0));
    expect([...agent.act(seen)]).toEqual(greedy);
    expect(Math.max(...q.map(Math.abs))).toBeLessThan(20);
  });

  it('have the loss of normalised states', () => {
    const agent = agentOf({ ...config, bufferSize: 1, gradientSteps: 1 });
    const [from, next] = [states(), states()];
    step(agent, from, next);
    const { description, parameters } = agent.model(); // what it acts by has seen `from` alone
    const instance = backend.instantiate(description.network, parameters, { maxBatch: ENVIRONMENTS });
    const lastRow = (observed: Float32Array): number[] => [...instance.forward(observed, ENVIRONMENTS)].slice(-2);
    const error = Math.max(...lastRow(from)) - (1 + config.gamma * Math.max(...lastRow(next)));
    const expected = Math.abs(error) <= 1 ? error ** 2 / 2 : Math.abs(error) - 0.5;
    expect(agent.update().loss).toBeCloseTo(expected, 4);
  });
});

describe('updates between two steps', () => {
  const config = { ...EAGER, trainFrequency: 30 * ENVIRONMENTS, gradientSteps: 8 };
  const ready = (): DqnAgent => {
    const steps = new Random(3);
    const agent = agentOf(config);
    const states = (): Float32Array => Float32Array.from({ length: ENVIRONMENTS * WIDTH }, () => steps.normal());
    for (let i = 0; i < 30; i++) step(agent, states(), states());
    return agent;
  };
  /** Takes the place of the agent that was saved. */
  const restored = (agent: DqnAgent): DqnAgent => {
    const other = agentOf(config);
    other.loadState(structuredClone(agent.saveState()));
    return other;
  };

  it.each([null, 0, 3])('compute the same when the agent is saved and restored between any two, masks at %s', (at) => {
    const whole = ready();
    let pieces = ready();
    for (let update = 0; update < config.gradientSteps; update++) {
      if (update === at) for (const agent of [whole, pieces]) agent.setMasks(everyThird(agent.model().parameters));
      expect(pieces.update()).toEqual(whole.update());
      pieces = restored(pieces);
    }
    expect(pieces.saveState()).toEqual(whole.saveState());
  });

  it('learn from what came in between when a step comes before all were done', () => {
    const agent = ready();
    agent.update();
    const next = observations();
    step(agent, next, next);
    const other = restored(agent);
    for (let update = 1; update < config.gradientSteps; update++) expect(agent.update()).toEqual(other.update());
    expect(agent.saveState()).toEqual(other.saveState());
  });
});

describe('a given model', () => {
  it('is where the agent starts, and stays as it was', () => {
    const fresh = freshDqnModel(EAGER, chain, new Random(8));
    const masks = everyThird(fresh.parameters);
    const model = { ...fresh, masks, parameters: applyMasks(fresh.parameters, masks) };
    const before = cloneParameters(model.parameters);
    const agent = agentOf(EAGER, model);
    expect(agent.model()).toEqual(model);
    step(agent, observations(), observations());
    agent.update();
    expect(agent.model().parameters).not.toEqual(before);
    expect(model.parameters).toEqual(before);
  });

  it('keeps its pruned weights at zero, in both networks and against momentum', () => {
    const agent = agentOf({ ...EAGER, targetUpdateInterval: 2 * ENVIRONMENTS });
    const train = (): void => {
      for (let i = 0; i < 30; i++) {
        step(agent, observations(), observations());
        agent.update();
      }
    };
    train(); // so that there is momentum
    const masks = everyThird(agent.model().parameters);
    agent.setMasks(masks);
    const pruned = (parameters: Parameters): number[] =>
      Object.entries(masks).flatMap(([name, mask]) => [...parameters[name]!].filter((_, i) => mask[i] === 0));
    const zeros = new Array<number>(pruned(agent.model().parameters).length).fill(0);
    expect(pruned(targetOf(agent))).toEqual(zeros);
    train();
    expect(pruned(agent.model().parameters)).toEqual(zeros);
    expect(pruned(targetOf(agent))).toEqual(zeros);
    expect(agent.model().masks).toEqual(masks);
  });
});
