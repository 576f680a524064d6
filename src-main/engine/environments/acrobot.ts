// Acrobot-v1: swing a two-link robot above a line (Sutton 1996), as Gymnasium 1.4 computes it.
import type { Scene } from '../../contract/environment.ts';
import type { Random } from '../random/random.ts';
import type { Action, EnvironmentDefinition, World } from './environment.ts';
import { segment, type Point } from './scene-geometry.ts';

// Both links are alike: length 1 m, mass 1 kg, centre of mass in the middle, moment of inertia 1 kg·m².
const LENGTH = 1;
const MASS = 1;
const CENTER = 0.5;
const INERTIA = 1;
const GRAVITY = 9.8; // m/s²
const TIME_STEP = 0.2; // s
const MAX_VELOCITY_1 = 4 * Math.PI; // rad/s
const MAX_VELOCITY_2 = 9 * Math.PI; // rad/s
const GOAL_HEIGHT = 1; // m above the fixed joint

function wrapAngle(angle: number): number {
  let wrapped = angle;
  while (wrapped > Math.PI) wrapped -= 2 * Math.PI;
  while (wrapped < -Math.PI) wrapped += 2 * Math.PI;
  return wrapped;
}

const bound = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

/**
 * d/dt of (θ1, θ2, θ̇1, θ̇2) under a torque at the joint between the links, written to `derivative`.
 * Sutton & Barto, Reinforcement Learning, 1998, section 11.3 (figure 11.5).
 */
function differentiate(state: Float64Array, torque: number, derivative: Float64Array): void {
  const theta1 = state[0]!;
  const theta2 = state[1]!;
  const thetaDot1 = state[2]!;
  const thetaDot2 = state[3]!;
  const cos2 = Math.cos(theta2);
  const sin2 = Math.sin(theta2);
  const d1 = MASS * CENTER ** 2 + MASS * (LENGTH ** 2 + CENTER ** 2 + 2 * LENGTH * CENTER * cos2) + 2 * INERTIA;
  const d2 = MASS * (CENTER ** 2 + LENGTH * CENTER * cos2) + INERTIA;
  const phi2 = MASS * CENTER * GRAVITY * Math.cos(theta1 + theta2 - Math.PI / 2);
  const phi1 =
    -MASS * LENGTH * CENTER * thetaDot2 ** 2 * sin2 -
    2 * MASS * LENGTH * CENTER * thetaDot2 * thetaDot1 * sin2 +
    (MASS * CENTER + MASS * LENGTH) * GRAVITY * Math.cos(theta1 - Math.PI / 2) +
    phi2;
  const acceleration2 =
    (torque + (d2 / d1) * phi1 - MASS * LENGTH * CENTER * thetaDot1 ** 2 * sin2 - phi2) /
    (MASS * CENTER ** 2 + INERTIA - d2 ** 2 / d1);
  derivative[0] = thetaDot1;
  derivative[1] = thetaDot2;
  derivative[2] = -(d2 * acceleration2 + phi1) / d1;
  derivative[3] = acceleration2;
}

/**
 * **Description.** Two links hang from a fixed joint; only the joint between them has a motor. Its free end has to
 * swing above a line one link's length over the fixed joint.
 *
 * **Action space.** Discrete(3): a torque of −1, 0 or +1 N·m at the joint between the links.
 *
 * **Observation space.** Box(6): cos θ1, sin θ1, cos θ2, sin θ2, θ̇1 (±4π rad/s), θ̇2 (±9π rad/s). θ1 = 0 hangs
 * straight down; θ2 is relative to the first link.
 *
 * **Rewards.** −1 for every step, 0 for the one that reaches the goal.
 *
 * **Start.** All four state values uniform in ±0.1.
 *
 * **End.** Terminated when −cos θ1 − cos(θ1 + θ2) > 1; truncated after 500 steps.
 *
 * **Version history.** v1 observes sines and cosines where v0 observed angles.
 */
class Acrobot implements World {
  /** [θ1, θ2, θ̇1, θ̇2] */
  readonly #state = new Float64Array(4);
  readonly #slopes = [new Float64Array(4), new Float64Array(4), new Float64Array(4), new Float64Array(4)] as const;
  readonly #between = new Float64Array(4);

  get terminated(): boolean {
    return -Math.cos(this.#state[0]!) - Math.cos(this.#state[1]! + this.#state[0]!) > GOAL_HEIGHT;
  }

  reset(random: Random): void {
    // Gymnasium draws the start in float32.
    for (let i = 0; i < 4; i++) this.#state[i] = Math.fround(random.between(-0.1, 0.1));
  }

  /** One step of the classical fourth-order Runge–Kutta method over the whole 0.2 s. */
  step(action: Action): number {
    const torque = (action as number) - 1;
    const state = this.#state;
    const [k1, k2, k3, k4] = this.#slopes;
    differentiate(state, torque, k1);
    differentiate(this.#ahead(k1, TIME_STEP / 2), torque, k2);
    differentiate(this.#ahead(k2, TIME_STEP / 2), torque, k3);
    differentiate(this.#ahead(k3, TIME_STEP), torque, k4);
    for (let i = 0; i < 4; i++) state[i]! += (TIME_STEP / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!);
    state[0] = wrapAngle(state[0]!);
    state[1] = wrapAngle(state[1]!);
    state[2] = bound(state[2]!, MAX_VELOCITY_1);
    state[3] = bound(state[3]!, MAX_VELOCITY_2);
    return this.terminated ? 0 : -1;
  }

  #ahead(slope: Float64Array, time: number): Float64Array {
    for (let i = 0; i < 4; i++) this.#between[i] = this.#state[i]! + time * slope[i]!;
    return this.#between;
  }

  observe(target: Float32Array, offset: number): void {
    target[offset] = Math.cos(this.#state[0]!);
    target[offset + 1] = Math.sin(this.#state[0]!);
    target[offset + 2] = Math.cos(this.#state[1]!);
    target[offset + 3] = Math.sin(this.#state[1]!);
    target[offset + 4] = this.#state[2]!;
    target[offset + 5] = this.#state[3]!;
  }

  /** [θ1, θ2, θ̇1, θ̇2] */
  saveState(): number[] {
    return [...this.#state];
  }

  loadState(state: readonly number[]): void {
    this.#state.set(state);
  }

  scene(): Scene {
    const theta1 = this.#state[0]!;
    const theta2 = theta1 + this.#state[1]!;
    const elbow: Point = [LENGTH * Math.sin(theta1), -LENGTH * Math.cos(theta1)];
    const tip: Point = [elbow[0] + LENGTH * Math.sin(theta2), elbow[1] - LENGTH * Math.cos(theta2)];
    return {
      bounds: { left: -2.3, right: 2.3, bottom: -2.3, top: 2.3 },
      shapes: [
        { kind: 'line', points: segment([-2.2, GOAL_HEIGHT], [2.2, GOAL_HEIGHT]), width: 0.03, role: 'goal' },
        { kind: 'line', points: segment([-0.3, 0], [0.3, 0]), width: 0.05, role: 'ground' },
        { kind: 'line', points: segment([0, 0], elbow), width: 0.18, role: 'body' },
        { kind: 'line', points: segment(elbow, tip), width: 0.14, role: 'accent' },
        { kind: 'circle', center: [0, 0], radius: 0.08, role: 'joint' },
        { kind: 'circle', center: elbow, radius: 0.08, role: 'joint' },
      ],
    };
  }
}

export const acrobot: EnvironmentDefinition = {
  id: 'Acrobot-v1',
  description: 'Swing the free end of a two-link robot above a line by a motor in its elbow.',
  observationSpace: {
    kind: 'box',
    shape: [6],
    low: [-1, -1, -1, -1, -MAX_VELOCITY_1, -MAX_VELOCITY_2],
    high: [1, 1, 1, 1, MAX_VELOCITY_1, MAX_VELOCITY_2],
  },
  observationNames: [
    'cosine of the upper angle',
    'sine of the upper angle',
    'cosine of the lower angle',
    'sine of the lower angle',
    'angular velocity of the upper link',
    'angular velocity of the lower link',
  ],
  actionSpace: { kind: 'discrete', n: 3 },
  maxEpisodeSteps: 500,
  worstReturn: -500,
  worstReward: -1,
  stepsPerSecond: 15,
  createWorld: () => new Acrobot(),
};
