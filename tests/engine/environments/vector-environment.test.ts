import { describe, expect, it } from 'vitest';
import { acrobot } from '../../../src-main/engine/environments/acrobot.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { mountainCar } from '../../../src-main/engine/environments/mountain-car.ts';
import { pendulum } from '../../../src-main/engine/environments/pendulum.ts';
import type { Action, EnvironmentDefinition, World } from '../../../src-main/engine/environments/environment.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

/** An action that depends on slot and time only. */
function scripted(definition: EnvironmentDefinition, slot: number, time: number): Action {
  const wave = Math.sin(3 * slot + 0.7 * time);
  return definition.actionSpace.kind === 'discrete'
    ? Math.floor(((wave + 1) / 2) * definition.actionSpace.n)
    : Float32Array.from(definition.actionSpace.low, (_, i) => 2 * wave * (1 - 2 * i));
}

const actions = (definition: EnvironmentDefinition, count: number, time: number): Action[] =>
  Array.from({ length: count }, (_, slot) => scripted(definition, slot, time));

/** A drifting world that draws in every step, terminates above 1 and would else go on for ever. */
function drifting(maxEpisodeSteps: number): EnvironmentDefinition {
  class Drift implements World {
    #position = 0;
    #random = new Random(0);
    get terminated(): boolean {
      return this.#position > 1;
    }
    reset(random: Random): void {
      this.#random = random;
      this.#position = 0;
    }
    step(action: Action): number {
      this.#position += (action as number) + 0.001 * this.#random.normal();
      return this.#position;
    }
    observe(target: Float32Array, offset: number): void {
      target[offset] = this.#position;
    }
    saveState(): number[] {
      return [this.#position];
    }
    loadState(state: readonly number[], random?: Random): void {
      this.#position = state[0]!;
      this.#random = random!;
    }
    scene(): never {
      throw new Error('not drawn here');
    }
  }
  return {
    id: 'Drift',
    description: '',
    observationSpace: { kind: 'box', shape: [1], low: [-10], high: [10] },
    actionSpace: { kind: 'discrete', n: 2 },
    maxEpisodeSteps,
    worstReturn: 0,
    createWorld: () => new Drift(),
  };
}

describe('the time limit', () => {
  it('truncates what has not terminated, and a termination at the limit is no truncation', () => {
    const vector = new VectorEnvironment(drifting(3), 3);
    for (let slot = 0; slot < 3; slot++) vector.reset(slot, slot);
    for (let t = 0; t < 3; t++) vector.step([0, 0.4, 2]);
    expect([...vector.truncated]).toEqual([1, 0, 0]);
    expect([...vector.terminated]).toEqual([0, 1, 1]);
    expect([...vector.steps]).toEqual([3, 3, 1]);
    expect([...vector.active]).toEqual([0, 0, 0]);
  });

  it.each([
    { definition: cartPole, limit: 500 },
    { definition: mountainCar, limit: 200 },
    { definition: acrobot, limit: 500 },
    { definition: pendulum, limit: 200 },
  ])('of $definition.id is Gymnasium’s', ({ definition, limit }) => {
    const idle: Action = definition.actionSpace.kind === 'discrete' ? 1 : Float32Array.of(0);
    const balance = (observation: Float32Array): Action =>
      definition.id === 'CartPole-v1' ? Number(observation[2]! + observation[3]! > 0) : idle;
    const vector = new VectorEnvironment(definition, 1);
    vector.reset(0, 5);
    while (vector.active[0] === 1) vector.step([balance(vector.observations)]);
    expect(vector.steps[0]).toBe(limit);
    expect([vector.terminated[0], vector.truncated[0]]).toEqual([0, 1]);
  });
});

describe('a finished slot', () => {
  it('keeps its observation and flags until it is reset', () => {
    const vector = new VectorEnvironment(drifting(3), 2);
    vector.reset(0, 1);
    vector.reset(1, 2);
    vector.step([2, 0]);
    const last = vector.observations[0];
    vector.step([2, 0]);
    expect(vector.observations[0]).toBe(last);
    expect(vector.rewards[0]).toBe(0);
    expect(vector.steps[0]).toBe(1);
    expect(vector.terminated[0]).toBe(1);
    vector.reset(0, 3);
    expect(vector.observations[0]).toBe(0);
    expect([vector.terminated[0], vector.active[0], vector.steps[0]]).toEqual([0, 1, 0]);
  });
});

describe.each([...environments.all, drifting(200)])('$id', (definition) => {
  it('gives the same episode for a seed, whichever slot it runs in and whatever ran there before', () => {
    const alone = new VectorEnvironment(definition, 1);
    alone.reset(0, 42);
    const crowd = new VectorEnvironment(definition, 3);
    for (let slot = 0; slot < 3; slot++) crowd.reset(slot, slot);
    for (let t = 0; t < 5; t++) crowd.step(actions(definition, 3, t));
    crowd.reset(1, 42);
    for (let t = 0; t < 30; t++) {
      const action = scripted(definition, 9, t);
      alone.step([action]);
      crowd.step([action, action, action]);
      const size = crowd.observationSize;
      expect(crowd.observations.slice(size, 2 * size)).toEqual(alone.observations);
      expect(crowd.rewards[1]).toBe(alone.rewards[0]);
      expect(crowd.terminated[1]).toBe(alone.terminated[0]);
    }
  });

  it('continues exactly from a saved state that went through JSON', () => {
    const original = new VectorEnvironment(definition, 4);
    for (let slot = 0; slot < 3; slot++) original.reset(slot, 100 + slot); // the last slot was never started
    for (let t = 0; t < 7; t++) original.step(actions(definition, 4, t));
    const resumed = new VectorEnvironment(definition, 4);
    resumed.loadState(JSON.parse(JSON.stringify(original.saveState())) as ReturnType<VectorEnvironment['saveState']>);
    for (const vector of [original, resumed]) {
      for (let t = 7; t < 60; t++) {
        for (let slot = 0; slot < 3; slot++) if (vector.active[slot] === 0) vector.reset(slot, 1000 * t + slot);
        vector.step(actions(definition, 4, t));
      }
    }
    expect(resumed.observations.slice(0, 3 * resumed.observationSize)).toEqual(
      original.observations.slice(0, 3 * original.observationSize),
    );
    expect(resumed.saveState()).toEqual(original.saveState());
  });

  it('draws different starts for different seeds', () => {
    const vector = new VectorEnvironment(definition, 2);
    vector.reset(0, 1);
    vector.reset(1, 2);
    vector.step([scripted(definition, 0, 0), scripted(definition, 0, 0)]);
    const size = vector.observationSize;
    expect(vector.observations.slice(0, size)).not.toEqual(vector.observations.slice(size));
  });
});
