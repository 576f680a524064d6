// CartPole-v1: balance a pole on a cart (Barto, Sutton & Anderson 1983), as Gymnasium 1.4 computes it.
import type { Scene } from '../../contract/environment.ts';
import type { Random } from '../random/random.ts';
import type { Action, EnvironmentDefinition, World } from './environment.ts';
import { place, rectangle, segment } from './scene-geometry.ts';

const GRAVITY = 9.8; // m/s²
const CART_MASS = 1.0; // kg
const POLE_MASS = 0.1; // kg
const TOTAL_MASS = CART_MASS + POLE_MASS;
const HALF_LENGTH = 0.5; // m, from the hinge to the pole's centre of mass
const POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
const FORCE = 10.0; // N
const TIME_STEP = 0.02; // s
const POSITION_LIMIT = 2.4; // m
const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360; // rad

/**
 * **Description.** A pole is hinged to a cart on a frictionless track; pushing the cart has to keep the pole up.
 *
 * **Action space.** Discrete(2): 0 pushes the cart left, 1 pushes it right, always with 10 N.
 *
 * **Observation space.** Box(4), the state itself: cart position x (m), its velocity ẋ (m/s), pole angle θ
 * (rad, positive leaning right), its angular velocity θ̇ (rad/s).
 *
 * **Rewards.** +1 for every step, the last one included.
 *
 * **Start.** All four values uniform in ±0.05.
 *
 * **End.** Terminated when |x| > 2.4 or |θ| > 12°; truncated after 500 steps.
 *
 * **Version history.** v1 raised the limit from 200 steps to 500.
 */
class CartPole implements World {
  #x = 0;
  #xDot = 0;
  #theta = 0;
  #thetaDot = 0;

  get terminated(): boolean {
    return Math.abs(this.#x) > POSITION_LIMIT || Math.abs(this.#theta) > ANGLE_LIMIT;
  }

  reset(random: Random): void {
    this.#x = random.between(-0.05, 0.05);
    this.#xDot = random.between(-0.05, 0.05);
    this.#theta = random.between(-0.05, 0.05);
    this.#thetaDot = random.between(-0.05, 0.05);
  }

  /** Florian 2007, "Correct equations for the dynamics of the cart-pole system", without friction; explicit Euler. */
  step(action: Action): number {
    const force = action === 1 ? FORCE : -FORCE;
    const cos = Math.cos(this.#theta);
    const sin = Math.sin(this.#theta);
    const push = (force + POLE_MASS_LENGTH * this.#thetaDot ** 2 * sin) / TOTAL_MASS;
    const thetaAcceleration =
      (GRAVITY * sin - cos * push) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * cos ** 2) / TOTAL_MASS));
    const xAcceleration = push - (POLE_MASS_LENGTH * thetaAcceleration * cos) / TOTAL_MASS;
    this.#x += TIME_STEP * this.#xDot;
    this.#xDot += TIME_STEP * xAcceleration;
    this.#theta += TIME_STEP * this.#thetaDot;
    this.#thetaDot += TIME_STEP * thetaAcceleration;
    return 1;
  }

  observe(target: Float32Array, offset: number): void {
    target[offset] = this.#x;
    target[offset + 1] = this.#xDot;
    target[offset + 2] = this.#theta;
    target[offset + 3] = this.#thetaDot;
  }

  /** [x, ẋ, θ, θ̇] */
  saveState(): number[] {
    return [this.#x, this.#xDot, this.#theta, this.#thetaDot];
  }

  loadState(state: readonly number[]): void {
    this.#x = state[0]!;
    this.#xDot = state[1]!;
    this.#theta = state[2]!;
    this.#thetaDot = state[3]!;
  }

  scene(): Scene {
    const x = this.#x;
    const hinge = { x, y: 0.3, angle: -this.#theta };
    return {
      bounds: { left: -2.8, right: 2.8, bottom: -0.25, top: 1.55 },
      shapes: [
        { kind: 'polygon', points: rectangle({ x: 0, y: -0.03, width: 5.3, height: 0.06 }), role: 'ground' },
        { kind: 'polygon', points: rectangle({ x: -2.68, y: 0.08, width: 0.06, height: 0.28 }), role: 'ground' },
        { kind: 'polygon', points: rectangle({ x: 2.68, y: 0.08, width: 0.06, height: 0.28 }), role: 'ground' },
        // Where the cart's centre must not go, and the upright that the pole should keep.
        ...[-POSITION_LIMIT, POSITION_LIMIT].map((limit) => ({
          kind: 'line' as const,
          points: segment([limit, -0.18], [limit, -0.09]),
          width: 0.025,
          role: 'guide' as const,
        })),
        { kind: 'line', points: segment([x, 0.3], [x, 1.35]), width: 0.012, role: 'guide' },
        { kind: 'polygon', points: rectangle({ x, y: 0.2, width: 0.52, height: 0.2 }), role: 'body' },
        { kind: 'circle', center: [x - 0.16, 0.07], radius: 0.07, role: 'joint' },
        { kind: 'circle', center: [x + 0.16, 0.07], radius: 0.07, role: 'joint' },
        {
          kind: 'line',
          points: segment(place([0, 0], hinge), place([0, 2 * HALF_LENGTH], hinge)),
          width: 0.08,
          role: 'accent',
        },
        { kind: 'circle', center: [hinge.x, hinge.y], radius: 0.045, role: 'joint' },
      ],
    };
  }
}

export const cartPole: EnvironmentDefinition = {
  id: 'CartPole-v1',
  description: 'Keep a pole upright by pushing the cart that it is hinged to.',
  observationSpace: {
    kind: 'box',
    shape: [4],
    low: [-2 * POSITION_LIMIT, -Number.MAX_VALUE, -2 * ANGLE_LIMIT, -Number.MAX_VALUE],
    high: [2 * POSITION_LIMIT, Number.MAX_VALUE, 2 * ANGLE_LIMIT, Number.MAX_VALUE],
  },
  observationNames: ['cart position', 'cart velocity', 'pole angle', 'pole angular velocity'],
  actionSpace: { kind: 'discrete', n: 2 },
  maxEpisodeSteps: 500,
  worstReturn: 0,
  stepsPerSecond: 50,
  createWorld: () => new CartPole(),
};
