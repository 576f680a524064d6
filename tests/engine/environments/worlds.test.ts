// What the recorded trajectories do not reach: starts, goals, walls, bounds of the return, and scenes.
import { describe, expect, it } from 'vitest';
import { boxSpaceSchema, actionSpaceSchema, sceneSchema } from '../../../src-main/contract/environment.ts';
import { acrobot } from '../../../src-main/engine/environments/acrobot.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import type { Action, EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { mountainCar } from '../../../src-main/engine/environments/mountain-car.ts';
import { pendulum } from '../../../src-main/engine/environments/pendulum.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

/** Lowest and highest of each state value over many starts. */
function startRange(definition: EnvironmentDefinition): { low: number[]; high: number[] } {
  const world = definition.createWorld();
  const random = new Random(1);
  const starts = Array.from({ length: 2000 }, () => {
    world.reset(random);
    return world.saveState();
  });
  const columns = starts[0]!.map((_, i) => starts.map((state) => state[i]!));
  return { low: columns.map((column) => Math.min(...column)), high: columns.map((column) => Math.max(...column)) };
}

function randomAction(definition: EnvironmentDefinition, random: Random): Action {
  return definition.actionSpace.kind === 'discrete'
    ? random.integer(definition.actionSpace.n)
    : Float32Array.from(definition.actionSpace.low, (low) => random.between(2 * low, -2 * low));
}

describe('starts', () => {
  it.each([
    { definition: cartPole, low: [-0.05, -0.05, -0.05, -0.05], high: [0.05, 0.05, 0.05, 0.05] },
    { definition: mountainCar, low: [-0.6, 0], high: [-0.4, 0] },
    { definition: acrobot, low: [-0.1, -0.1, -0.1, -0.1], high: [0.1, 0.1, 0.1, 0.1] },
    { definition: pendulum, low: [-Math.PI, -1, 0], high: [Math.PI, 1, 0] },
  ])('$definition.id starts in its whole range and nowhere else', ({ definition, low, high }) => {
    const range = startRange(definition);
    for (const [i, lowest] of low.entries()) {
      const slack = 0.01 * (high[i]! - lowest);
      expect(range.low[i]).toBeGreaterThanOrEqual(lowest - 1e-8);
      expect(range.low[i]).toBeLessThanOrEqual(lowest + slack);
      expect(range.high[i]).toBeLessThanOrEqual(high[i]! + 1e-8);
      expect(range.high[i]).toBeGreaterThanOrEqual(high[i]! - slack);
    }
  });
});

describe('the rules', () => {
  it('MountainCar terminates at the flag and stops at the left wall', () => {
    const world = mountainCar.createWorld();
    world.loadState([0.49, 0.05]);
    expect(world.step(2)).toBe(-1);
    expect(world.terminated).toBe(true);
    world.loadState([-1.19, -0.07]);
    world.step(0);
    expect(world.saveState()).toEqual([-1.2, 0]);
  });

  it('Acrobot ends with reward 0 above the line', () => {
    const world = acrobot.createWorld();
    world.loadState([Math.PI - 0.01, 0, 0, 0]);
    expect(world.terminated).toBe(true);
    world.loadState([2, 0, 2, 0]); // just below, swinging up
    expect(world.terminated).toBe(false);
    expect(world.step(2)).toBe(0);
    expect(world.terminated).toBe(true);
  });

  it('Acrobot without torque keeps its energy', () => {
    // Both links: m = 1, centre at 0.5, inertia 1; from the Lagrangian, not from the equations of motion.
    const energy = ([t1, t2, w1, w2]: readonly number[]): number => {
      const second = w1! + w2!;
      const kinetic =
        0.5 * (0.25 + 1) * w1! ** 2 +
        0.5 * (w1! ** 2 + 0.25 * second ** 2 + w1! * second * Math.cos(t2!)) +
        0.5 * second ** 2;
      return kinetic - 9.8 * (0.5 * Math.cos(t1!) + Math.cos(t1!) + 0.5 * Math.cos(t1! + t2!));
    };
    const world = acrobot.createWorld();
    world.loadState([0.5, -0.3, 0, 0]);
    const before = energy(world.saveState());
    for (let t = 0; t < 20; t++) world.step(1);
    expect(Math.abs(energy(world.saveState()) - before)).toBeLessThan(0.02);
  });

  it('Pendulum clips its torque and costs most when it hangs, fast and pushing', () => {
    const world = pendulum.createWorld();
    world.loadState([-Math.PI, 8]);
    expect(world.step(Float32Array.of(100)) * pendulum.maxEpisodeSteps).toBeCloseTo(pendulum.worstReturn, 6);
    expect(pendulum.worstReturn).toBeCloseTo(-200 * (Math.PI ** 2 + 0.1 * 64 + 0.001 * 4), 9);
  });
});

describe.each(environments.all)('$id', (definition) => {
  it('has spaces that cross a process boundary', () => {
    expect(boxSpaceSchema.parse(JSON.parse(JSON.stringify(definition.observationSpace)))).toEqual(
      definition.observationSpace,
    );
    expect(actionSpaceSchema.parse(definition.actionSpace)).toEqual(definition.actionSpace);
  });

  // The returns of LunarLander have no lower bound.
  const lowest = definition.id.startsWith('LunarLander') ? -Infinity : definition.worstReturn;

  it('keeps observations in its space, returns above the worst, and draws inside its bounds', () => {
    const world = definition.createWorld();
    const random = new Random(7);
    const { low, high } = definition.observationSpace;
    const observation = new Float32Array(low.length);
    for (let episode = 0; episode < 5; episode++) {
      world.reset(random);
      let total = 0;
      for (let t = 0; t < Math.min(500, definition.maxEpisodeSteps) && !world.terminated; t++) {
        total += world.step(randomAction(definition, random));
        world.observe(observation, 0);
        const outside = observation.findIndex((v, i) => !(v >= Math.fround(low[i]!) && v <= Math.fround(high[i]!)));
        expect(outside, `step ${t}`).toBe(-1);
      }
      expect(total).toBeGreaterThanOrEqual(lowest);
      const { bounds, shapes } = sceneSchema.parse(world.scene());
      for (const shape of shapes) {
        if (shape.kind === 'picture') throw new TypeError('a world of our own draws shapes');
        for (const [x, y] of shape.kind === 'circle' ? [shape.center] : shape.points) {
          expect(x).toBeGreaterThanOrEqual(bounds.left - 0.1);
          expect(x).toBeLessThanOrEqual(bounds.right + 0.1);
          expect(y).toBeGreaterThanOrEqual(bounds.bottom);
          expect(y).toBeLessThanOrEqual(bounds.top);
        }
      }
    }
  });
});

it('draws the pendulum’s torque, as long as there is one', () => {
  const world = pendulum.createWorld();
  world.loadState([0, 0, 0]);
  const still = world.scene().shapes.length;
  world.step(Float32Array.of(1));
  expect(world.scene().shapes.length).toBe(still + 2);
  const drawn = world.scene();
  const restored = pendulum.createWorld();
  restored.loadState(world.saveState());
  expect(restored.scene()).toEqual(drawn);
});

it('names what is known when an environment is not', () => {
  expect(() => environments.get('Pong')).toThrow(UnknownNameError);
  expect(environments.ids.slice(0, 4)).toEqual(['CartPole-v1', 'MountainCar-v0', 'Acrobot-v1', 'Pendulum-v1']);
});
