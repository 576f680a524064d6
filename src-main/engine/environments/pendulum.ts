// Pendulum-v1: swing a pendulum up and hold it there with a limited torque, as Gymnasium 1.4 computes it.
import type { Scene, SceneShape } from '../../contract/environment.ts';
import type { Random } from '../random/random.ts';
import type { Action, EnvironmentDefinition, World } from './environment.ts';
import { arc, place, segment, type Point } from './scene-geometry.ts';

const GRAVITY = 10; // m/s²
const MASS = 1; // kg
const LENGTH = 1; // m
const TIME_STEP = 0.05; // s
const MAX_SPEED = 8; // rad/s
const MAX_TORQUE = 2; // N·m
const MAX_STEPS = 200;

const bound = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

/** The angle in [−π, π). */
function normalizeAngle(angle: number): number {
  const turn = 2 * Math.PI;
  return ((((angle + Math.PI) % turn) + turn) % turn) - Math.PI;
}

/** What a step costs: θ² + 0.1·θ̇² + 0.001·τ². */
const cost = (theta: number, thetaDot: number, torque: number): number =>
  theta ** 2 + 0.1 * thetaDot ** 2 + 0.001 * torque ** 2;

/**
 * **Description.** A rod swings from a fixed pivot; a motor too weak to lift it at once has to swing it up and then
 * hold it upright.
 *
 * **Action space.** Box(1): the torque at the pivot in ±2 N·m, counter-clockwise positive; more is clipped.
 *
 * **Observation space.** Box(3): cos θ, sin θ, θ̇ (±8 rad/s). θ = 0 is upright, counter-clockwise positive.
 *
 * **Rewards.** −(θ² + 0.1·θ̇² + 0.001·τ²) with the state before the step and θ in ±π: at most 0, at least −16.27.
 *
 * **Start.** θ uniform in ±π, θ̇ uniform in ±1.
 *
 * **End.** Never terminated; truncated after 200 steps.
 *
 * **Version history.** v1 simplified the equation of motion without changing the behaviour.
 */
class Pendulum implements World {
  readonly terminated = false;
  #theta = 0;
  #thetaDot = 0;
  /** The last torque: only to be drawn. */
  #torque = 0;

  reset(random: Random): void {
    this.#theta = random.between(-Math.PI, Math.PI);
    this.#thetaDot = random.between(-1, 1);
    this.#torque = 0;
  }

  /** θ̈ = 3g/(2l)·sin θ + 3/(ml²)·τ: a uniform rod; semi-implicit Euler. */
  step(action: Action): number {
    const torque = bound((action as Float32Array)[0]!, MAX_TORQUE);
    const reward = -cost(normalizeAngle(this.#theta), this.#thetaDot, torque);
    const acceleration = ((3 * GRAVITY) / (2 * LENGTH)) * Math.sin(this.#theta) + (3 / (MASS * LENGTH ** 2)) * torque;
    this.#thetaDot = bound(this.#thetaDot + acceleration * TIME_STEP, MAX_SPEED);
    this.#theta += this.#thetaDot * TIME_STEP;
    this.#torque = torque;
    return reward;
  }

  observe(target: Float32Array, offset: number): void {
    target[offset] = Math.cos(this.#theta);
    target[offset + 1] = Math.sin(this.#theta);
    target[offset + 2] = this.#thetaDot;
  }

  /** [θ, θ̇, last torque]; the torque may be left out of what is loaded. */
  saveState(): number[] {
    return [this.#theta, this.#thetaDot, this.#torque];
  }

  loadState(state: readonly number[]): void {
    this.#theta = state[0]!;
    this.#thetaDot = state[1]!;
    this.#torque = state[2] ?? 0;
  }

  scene(): Scene {
    const rod = { x: 0, y: 0, angle: this.#theta };
    return {
      bounds: { left: -1.35, right: 1.35, bottom: -1.35, top: 1.35 },
      shapes: [
        { kind: 'line', points: arc({ radius: 1.15, from: 0, to: 2 * Math.PI }), width: 0.008, role: 'guide' },
        { kind: 'line', points: segment([0, 1.1], [0, 1.2]), width: 0.03, role: 'goal' },
        { kind: 'line', points: segment([0, 0], place([0, LENGTH], rod)), width: 0.16, role: 'body' },
        ...torqueHint(this.#torque),
        { kind: 'circle', center: [0, 0], radius: 0.05, role: 'joint' },
      ],
    };
  }
}

/** An arrow around the pivot, in the torque's direction, as long as the torque is strong; nothing for almost none. */
function torqueHint(torque: number): SceneShape[] {
  if (Math.abs(torque) < 0.02 * MAX_TORQUE) return [];
  const radius = 0.35;
  const start = Math.PI / 2;
  const end = start + (torque / MAX_TORQUE) * 0.75 * Math.PI;
  const forward = Math.sign(torque);
  const tip = { x: radius * Math.cos(end), y: radius * Math.sin(end), angle: end };
  const head: Point[] = [place([-0.07, 0], tip), place([0.07, 0], tip), place([0, 0.12 * forward], tip)];
  return [
    { kind: 'line', points: arc({ radius, from: start, to: end }), width: 0.035, role: 'accent' },
    { kind: 'polygon', points: head, role: 'accent' },
  ];
}

export const pendulum: EnvironmentDefinition = {
  id: 'Pendulum-v1',
  description: 'Swing a pendulum up and hold it upright with a limited torque.',
  observationSpace: { kind: 'box', shape: [3], low: [-1, -1, -MAX_SPEED], high: [1, 1, MAX_SPEED] },
  observationNames: ['cosine of the angle', 'sine of the angle', 'angular velocity'],
  actionSpace: { kind: 'box', shape: [1], low: [-MAX_TORQUE], high: [MAX_TORQUE] },
  maxEpisodeSteps: MAX_STEPS,
  worstReturn: -MAX_STEPS * cost(Math.PI, MAX_SPEED, MAX_TORQUE),
  worstReward: -cost(Math.PI, MAX_SPEED, MAX_TORQUE),
  stepsPerSecond: 30,
  createWorld: () => new Pendulum(),
};
