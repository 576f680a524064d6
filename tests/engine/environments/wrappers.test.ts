// Options behind an environment's name: what they change, and that all the rest stays.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentOptions, EnvironmentOptionError } from '../../../src-main/contract/environment-id.ts';
import type { Action, EnvironmentDefinition, World } from '../../../src-main/engine/environments/environment.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { FrameStack } from '../../../src-main/engine/environments/wrappers/frame-stack.ts';
import { StickyActions } from '../../../src-main/engine/environments/wrappers/sticky-actions.ts';
import { sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';

/** Remembers what is done to it, and observes a count of its steps in every number. */
class Diary implements World {
  readonly actions: Action[] = [];
  readonly terminated = false;
  readonly #size: number;
  #steps = 0;

  constructor(size = 1) {
    this.#size = size;
  }

  reset(): void {
    this.#steps = 0;
  }

  step(action: Action): number {
    this.#steps++;
    this.actions.push(typeof action === 'number' ? action : action.slice());
    return this.#steps;
  }

  observe(target: Float32Array, offset: number): void {
    for (let i = 0; i < this.#size; i++) target[offset + i] = 100 * this.#steps + i;
  }

  saveState(): number[] {
    return [this.#steps];
  }

  loadState(state: readonly number[]): void {
    this.#steps = state[0]!;
  }

  scene(): never {
    throw new Error('not drawn');
  }
}

describe('sticky actions', () => {
  it('repeat the action that was played before with their probability, never at first', () => {
    const diary = new Diary();
    const world = new StickyActions(diary, { probability: 0.25, actionSize: 0 });
    const steps = 8000;
    world.reset(new Random(3));
    for (let step = 0; step < steps; step++) expect(world.step(step)).toBe(step + 1);
    expect(diary.actions[0]).toBe(0);
    const repeated = diary.actions.filter((action, i) => action !== i).length;
    expect(Math.abs(repeated / steps - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / steps));
    diary.actions.forEach((action, i) => {
      expect([i, diary.actions[i - 1]]).toContain(action);
    });
  });

  it('begin every episode anew', () => {
    const diary = new Diary();
    const world = new StickyActions(diary, { probability: 0.99, actionSize: 0 });
    for (let episode = 0; episode < 50; episode++) {
      world.reset(new Random(episode));
      world.step(episode);
    }
    expect(diary.actions).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('repeat what a continuous action was, whatever became of its array', () => {
    const diary = new Diary();
    const world = new StickyActions(diary, { probability: 0.9, actionSize: 2 });
    world.reset(new Random(1));
    const action = new Float32Array(2);
    for (let step = 0; step < 40; step++) {
      action.fill(step);
      world.step(action);
    }
    const played = (diary.actions as Float32Array[]).map(([first, second]) => {
      expect(first).toBe(second);
      return first!;
    });
    expect(new Set(played).size).toBeLessThan(20);
    for (const [i, each] of played.entries()) expect([i, played[i - 1]]).toContain(each);
  });
});

describe('a frame stack', () => {
  it.each([
    { what: 'of vectors', shape: [3] },
    { what: 'of images', shape: [2, 3, 2] },
  ])('has the last observations along the last dimension, the oldest first: $what', ({ shape }) => {
    const size = sizeOf(shape);
    const channels = shape.at(-1)!;
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 8 }), (count, steps) => {
        const world = new FrameStack(new Diary(size), { count, size, channels });
        world.reset(new Random(0));
        for (let step = 0; step < steps; step++) world.step(0);
        const observed = new Float32Array(1 + size * count);
        world.observe(observed, 1);
        // Where the index along the last dimension says which frame and which channel, as NumPy's concatenate has it.
        for (let i = 0; i < size * count; i++) {
          const place = Math.floor(i / (channels * count));
          const frame = Math.floor((i % (channels * count)) / channels);
          const age = count - 1 - frame;
          const original = place * channels + (i % channels);
          expect(observed[1 + i]).toBe(100 * Math.max(0, steps - age) + original);
        }
      }),
    );
  });
});

function playRandomly(environment: VectorEnvironment, definition: EnvironmentDefinition, random: Random): number[] {
  const { actionSpace } = definition;
  environment.step([
    actionSpace.kind === 'discrete'
      ? random.integer(actionSpace.n)
      : Float32Array.from(actionSpace.low, (low, i) => random.between(low, actionSpace.high[i]!)),
  ]);
  return [environment.rewards[0]!, environment.active[0]!, ...environment.observations];
}

describe('environments with options', () => {
  it.each([
    'CartPole-v1?stack=3&sticky=0.3&max-steps=40',
    'Pendulum-v1?sticky=0.5',
    'LunarLanderContinuous-v3?stack=2&sticky=0.2',
    'MinAtar/Breakout-v1?stack=2&sticky=0.25',
  ])('go on from a saved state as they would have: %s', (id) => {
    const definition = environments.get(id);
    const random = new Random(1);
    const original = new VectorEnvironment(definition, 1);
    original.reset(0, 7);
    for (let step = 0; step < 6; step++) playRandomly(original, definition, random);
    const restored = new VectorEnvironment(definition, 1);
    restored.loadState(JSON.parse(JSON.stringify(original.saveState())) as ReturnType<typeof original.saveState>);
    expect([...restored.observations]).toEqual([...original.observations]);
    const other = Random.fromState(random.saveState());
    for (let step = 0; step < 30 && original.active[0] === 1; step++) {
      expect(playRandomly(restored, definition, other)).toEqual(playRandomly(original, definition, random));
    }
  });

  it('without sticky actions play the same episodes', () => {
    const [plain, wrapped] = [environments.get('CartPole-v1'), environments.get('CartPole-v1?stack=2')];
    const run = (definition: EnvironmentDefinition): number[][] => {
      const environment = new VectorEnvironment(definition, 1);
      environment.reset(0, 5);
      const random = new Random(2);
      return Array.from({ length: 8 }, () => playRandomly(environment, definition, random));
    };
    expect(run(wrapped).map((step) => [...step.slice(0, 2), ...step.slice(-4)])).toEqual(run(plain));
  });

  it('truncate where they are told, and move the worst return with it where that is a sum over steps', () => {
    const limited = environments.get('Pendulum-v1?max-steps=7');
    const environment = new VectorEnvironment(limited, 1);
    environment.reset(0, 1);
    for (let step = 1; step <= 7; step++) {
      environment.step([Float32Array.of(0)]);
      expect(environment.truncated[0]).toBe(Number(step === 7));
    }
    expect(limited.worstReturn).toBeCloseTo((environments.get('Pendulum-v1').worstReturn * 7) / 200, 9);
    expect(environments.get('MountainCar-v0?max-steps=1000').worstReturn).toBe(-1000);
    expect(environments.get('LunarLander-v3?max-steps=50').worstReturn).toBe(
      environments.get('LunarLander-v3').worstReturn,
    );
  });

  it.each(environments.all.filter(({ worstReward }) => worstReward !== undefined))(
    'the lowest reward of $id makes up its lowest return',
    ({ worstReward, worstReturn, maxEpisodeSteps }) => {
      expect(worstReward! * maxEpisodeSteps).toBeCloseTo(worstReturn, 9);
    },
  );

  it('observe within bounds of the right shape', () => {
    const { observationSpace } = environments.get('MinAtar/Breakout-v1?stack=3');
    expect(observationSpace.shape).toEqual([10, 10, 12]);
    expect(observationSpace.high).toHaveLength(1200);
    const cart = environments.get('CartPole-v1').observationSpace;
    expect(environments.get('CartPole-v1?stack=2').observationSpace).toEqual({
      kind: 'box',
      shape: [8],
      low: [...cart.low, ...cart.low],
      high: [...cart.high, ...cart.high],
    });
  });

  it.each([
    ['an unknown option', 'CartPole-v1?stak=4', /stak/],
    ['nothing behind the question mark', 'CartPole-v1?', /no name/],
    ['an option twice', 'CartPole-v1?stack=4&stack=5', /"stack" is there twice/],
    ['no value', 'CartPole-v1?stack', /"stack" has no value/],
    ['a stack of one', 'CartPole-v1?stack=1', /stack/],
    ['half of a step', 'CartPole-v1?max-steps=0.5', /max-steps/],
    ['no number', 'CartPole-v1?sticky=often', /sticky/],
    ['an action that is always repeated', 'CartPole-v1?sticky=1', /sticky/],
  ])('are refused with %s', (_, id, problem) => {
    expect(() => environments.get(id)).toThrow(EnvironmentOptionError);
    expect(() => environments.get(id)).toThrow(problem);
  });

  it('are not found where the environment is not', () => {
    expect(() => environments.get('CartPool-v1?stack=4')).toThrow(UnknownNameError);
    expect(environmentOptions('CartPole-v1')).toEqual({});
  });
});
