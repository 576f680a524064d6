import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Scene } from '../../../src-main/contract/environment.ts';
import type { Action } from '../../../src-main/engine/environments/environment.ts';
import { fire, thrustOf } from '../../../src-main/engine/environments/lunar-lander/engines.ts';
import { lunarLander, lunarLanderContinuous } from '../../../src-main/engine/environments/lunar-lander/lunar-lander.ts';
import { drawTerrain, HEIGHT, PAD, WIDTH } from '../../../src-main/engine/environments/lunar-lander/terrain.ts';
import { Vehicle } from '../../../src-main/engine/environments/lunar-lander/vehicle.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { playMany, sigmasApart, type SimplePolicy } from './policy-statistics.ts';

const rolesIn = ({ shapes }: Scene): string[] =>
  shapes.flatMap((shape) => (shape.kind === 'picture' ? [] : [shape.role]));

const recordedSchema = z.object({
  mean: z.number(),
  sem: z.number(),
  median: z.number(),
  frac200: z.number(),
  len: z.number(),
  n: z.int(),
});
const file = new URL('../../fixtures/conformance/lunar-lander-stats.json', import.meta.url);
const recorded = z.record(z.string(), recordedSchema).parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * A pilot by rules of thumb, Gymnasium's own: lean towards the pad, hover higher the further away, do more where more is
 * to be done. Answers [what to do about the height, what to do about the angle].
 */
function pilot(o: Float32Array): [number, number] {
  const [x, y, vx, vy, angle, spin, left, right] = o as unknown as [number, ...number[]];
  if (left! + right! > 0) return [-vy! * 0.5, 0];
  const lean = Math.min(0.4, Math.max(-0.4, 0.5 * x + vx!));
  const hover = 0.55 * Math.abs(x);
  return [(hover - y!) * 0.5 - vy! * 0.5, (lean - angle!) * 0.5 - spin!];
}

const heuristic: SimplePolicy = (o) => {
  const [height, angle] = pilot(o);
  if (height > Math.abs(angle) && height > 0.05) return 2;
  return angle < -0.05 ? 3 : angle > 0.05 ? 1 : 0;
};

/** Standard errors of the difference: one false alarm in 16 000, and the seeds are fixed. */
const SIGMAS = 4;

describe('agrees with Gymnasium, within sampling error', () => {
  it.each<[string, SimplePolicy, number]>([
    ['heuristic', heuristic, 200],
    ['random', (_, random) => random.integer(4), 300],
    ['noop', () => 0, 300],
    ['main', () => 2, 200],
  ])('on the returns and lengths of the policy "%s"', (name, policy, episodes) => {
    const reference = recorded[name]!;
    const { returns, meanReturn, meanLength } = playMany(lunarLander, policy, episodes);
    expect(sigmasApart(meanReturn, { mean: reference.mean, error: reference.sem })).toBeLessThan(SIGMAS);
    // Lengths were recorded without an error: that of ours, for as many episodes.
    const lengthError = meanLength.error * Math.sqrt(episodes / reference.n);
    expect(sigmasApart(meanLength, { mean: reference.len, error: lengthError })).toBeLessThan(SIGMAS);
    const share = (above: number): number => returns.filter((value) => value >= above).length / episodes;
    const binomial = (p: number): number => Math.sqrt(p * (1 - p) * (1 / episodes + 1 / reference.n));
    expect(Math.abs(share(200) - reference.frac200)).toBeLessThanOrEqual(SIGMAS * binomial(reference.frac200));
    expect(Math.abs(share(reference.median) - 0.5)).toBeLessThan(SIGMAS * binomial(0.5));
  });

  it('with throttles, a pilot lands as well', () => {
    const throttled: SimplePolicy = (o) => {
      const [height, angle] = pilot(o);
      return Float32Array.of(20 * height - 1, -20 * angle);
    };
    const { returns } = playMany(lunarLanderContinuous, throttled, 40);
    expect(returns.toSorted((a, b) => a - b)[20]).toBeGreaterThan(200);
  });
});

describe('the terrain', () => {
  it('is flat at the pad and nowhere higher than half of the view', () => {
    for (let seed = 0; seed < 50; seed++) {
      const terrain = drawTerrain(new Random(seed));
      expect(terrain).toHaveLength(11);
      expect([terrain[0]![0], terrain[10]![0]]).toEqual([0, WIDTH]);
      const pad = terrain.filter(([x]) => x >= PAD[0] - 1e-9 && x <= PAD[1] + 1e-9).map(([, y]) => y);
      expect(pad).toHaveLength(3);
      for (const y of pad) expect(y).toBeCloseTo((0.99 * HEIGHT) / 4, 9);
      for (const [, y] of terrain) expect(y).toBeLessThan(HEIGHT / 2);
    }
  });
});

/** Momentum of hull and legs, N·s. */
function momentum({ hull, legs }: Vehicle): { x: number; y: number } {
  const sum = { x: 0, y: 0 };
  for (const body of [hull, ...legs]) {
    sum.x += body.getMass() * body.getLinearVelocity().x;
    sum.y += body.getMass() * body.getLinearVelocity().y;
  }
  return sum;
}

describe('the engines', () => {
  const FLAT = [
    [0, 0],
    [WIDTH, 0],
  ] as [number, number][];

  it('free fall gains 10 m/s²', () => {
    const vehicle = new Vehicle(FLAT);
    const mass = [vehicle.hull, ...vehicle.legs].reduce((sum, body) => sum + body.getMass(), 0);
    // A hull of 34 × 10 and a trapezium of (34 + 28)/2 × 17 pixels at 5 kg/m², two legs of 4 × 16 at 1 kg/m².
    expect(mass).toBeCloseTo((5 * (34 * 10 + 31 * 17) + 2 * 4 * 16) / 900, 6);
    for (let step = 0; step < 25; step++) vehicle.step();
    expect(momentum(vehicle).y).toBeCloseTo(-mass * 10 * 0.5, 6);
    expect(momentum(vehicle).x).toBeCloseTo(0, 6);
  });

  it.each([
    ['the main engine lifts', 2, 0, (13 * 4) / 30],
    ['action 1 pushes to the left', 1, (-0.6 * 12) / 30, 0],
    ['action 3 pushes to the right', 3, (0.6 * 12) / 30, 0],
    ['nothing does nothing', 0, 0, 0],
  ])('%s, on average', (_, action, x, y) => {
    const random = new Random(5);
    const vehicle = new Vehicle(FLAT);
    const kicks = 4000;
    for (let i = 0; i < kicks; i++) fire(thrustOf(action), vehicle, random);
    const mean = momentum(vehicle);
    // The scatter of a kick is at most 13 · 2/30 to each side, uniform.
    const error = (13 * 2) / 30 / Math.sqrt(3 * kicks);
    expect(Math.abs(mean.x / kicks - x)).toBeLessThan(4 * error);
    expect(Math.abs(mean.y / kicks - y)).toBeLessThan(4 * error);
  });

  it.each([
    [[-1, 0], 0, 0],
    [[0, 0.5], 0, 0],
    [[0.5, 0], 0.75, 0],
    [[2, -0.6], 1, -0.6],
    [[-0.1, 3], 0, 1],
  ])('throttles of %j burn %d and %d', (throttles, main, lateral) => {
    const thrust = thrustOf(Float32Array.from(throttles));
    expect(thrust.main).toBeCloseTo(main, 6);
    expect(thrust.side * thrust.direction).toBeCloseTo(lateral, 6);
  });

  it('cost fuel', () => {
    const rewardOf = (action: Action): number => {
      const world = lunarLanderContinuous.createWorld();
      world.reset(new Random(3));
      return world.step(action);
    };
    // A throttle just beyond half burns as much as it pushes; one just below does neither.
    expect(rewardOf(Float32Array.of(-1, 0.5))).toBe(rewardOf(Float32Array.of(-1, 0)));
    expect(rewardOf(Float32Array.of(-1, 0.51))).not.toBe(rewardOf(Float32Array.of(-1, 0)));
  });
});

describe('an episode', () => {
  const endOf = (policy: SimplePolicy, wanted: number): { reward: number; o: Float32Array; kinds: Set<string> } => {
    const o = new Float32Array(8);
    for (let seed = 0; ; seed++) {
      const world = lunarLander.createWorld();
      world.reset(new Random(seed));
      let reward = 0;
      const kinds = new Set<string>();
      for (let t = 0; t < 1000 && !world.terminated; t++) {
        world.observe(o, 0);
        reward = world.step(policy(o, new Random(t)));
        for (const role of rolesIn(world.scene())) kinds.add(role);
      }
      world.observe(o, 0);
      if (reward === wanted) return { reward, o, kinds };
    }
  };

  it('ends with +100 at rest and upright', () => {
    const { o, kinds } = endOf(heuristic, 100);
    expect(Math.abs(o[4]!)).toBeLessThan(0.3);
    expect(Math.hypot(o[2]!, o[3]!)).toBeLessThan(0.05);
    expect([...kinds].sort()).toEqual(['accent', 'body', 'goal', 'ground', 'joint']);
  });

  it('ends with −100 in a crash', () => {
    const { o } = endOf(() => 0, -100);
    expect(o[1]).toBeLessThan(0.9);
  });

  it('is drawn by a marker when it has left the view upwards', () => {
    const world = lunarLander.createWorld();
    world.reset(new Random(1));
    const roles = (): string[] => rolesIn(world.scene());
    expect(roles()).toContain('body');
    for (let t = 0; t < 100 && roles().includes('body'); t++) world.step(t % 3 === 0 ? 0 : 2);
    expect(roles()).not.toContain('body');
    expect(roles()).toContain('guide');
  });

  it('lasts 1000 steps at most', () => {
    expect(lunarLander.maxEpisodeSteps).toBe(1000);
    expect(lunarLanderContinuous.maxEpisodeSteps).toBe(1000);
  });
});
