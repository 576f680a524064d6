// MountainCar-v0: rock an underpowered car out of a valley (Moore 1990), as Gymnasium 1.4 computes it.
import type { Scene } from '../../contract/environment.ts';
import type { Random } from '../random/random.ts';
import type { Action, EnvironmentDefinition, World } from './environment.ts';
import { place, segment, type Point } from './scene-geometry.ts';

const MIN_POSITION = -1.2;
const MAX_POSITION = 0.6;
const MAX_SPEED = 0.07; // per step
const GOAL_POSITION = 0.5;
const FORCE = 0.001;
const GRAVITY = 0.0025;

const height = (position: number): number => 0.45 * Math.sin(3 * position) + 0.55;
const slope = (position: number): number => Math.atan(1.35 * Math.cos(3 * position));

const HILL = Array.from({ length: 91 }, (_, i): Point => {
  const x = MIN_POSITION + ((MAX_POSITION - MIN_POSITION) * i) / 90;
  return [x, height(x)];
});
const HILL_AREA: Point[] = [...HILL, [MAX_POSITION, 0], [MIN_POSITION, 0]];
const FLAG_FOOT = height(GOAL_POSITION);

/**
 * **Description.** A car stands in a valley and its engine is too weak to climb the right-hand hill at once: it has
 * to gather speed by rocking between the slopes.
 *
 * **Action space.** Discrete(3): 0 accelerates left, 1 coasts, 2 accelerates right.
 *
 * **Observation space.** Box(2), the state itself: position in [−1.2, 0.6], velocity in ±0.07.
 *
 * **Rewards.** −1 for every step, so the return is minus the number of steps.
 *
 * **Start.** Position uniform in [−0.6, −0.4], velocity 0.
 *
 * **End.** Terminated at position ≥ 0.5 while not rolling back; truncated after 200 steps.
 *
 * **Version history.** v0 is the only version.
 */
class MountainCar implements World {
  #position = 0;
  #velocity = 0;

  get terminated(): boolean {
    return this.#position >= GOAL_POSITION && this.#velocity >= 0;
  }

  reset(random: Random): void {
    this.#position = random.between(-0.6, -0.4);
    this.#velocity = 0;
  }

  step(action: Action): number {
    const pull = ((action as number) - 1) * FORCE - Math.cos(3 * this.#position) * GRAVITY;
    this.#velocity = Math.min(MAX_SPEED, Math.max(-MAX_SPEED, this.#velocity + pull));
    this.#position = Math.min(MAX_POSITION, Math.max(MIN_POSITION, this.#position + this.#velocity));
    // The left end is a wall that stops the car.
    if (this.#position === MIN_POSITION && this.#velocity < 0) this.#velocity = 0;
    return -1;
  }

  observe(target: Float32Array, offset: number): void {
    target[offset] = this.#position;
    target[offset + 1] = this.#velocity;
  }

  /** [position, velocity] */
  saveState(): number[] {
    return [this.#position, this.#velocity];
  }

  loadState(state: readonly number[]): void {
    this.#position = state[0]!;
    this.#velocity = state[1]!;
  }

  scene(): Scene {
    const x = this.#position;
    const car = { x, y: height(x), angle: slope(x) };
    return {
      bounds: { left: MIN_POSITION, right: MAX_POSITION, bottom: 0, top: 1.3 },
      shapes: [
        { kind: 'polygon', points: HILL_AREA, role: 'guide' },
        { kind: 'line', points: HILL, width: 0.012, role: 'ground' },
        {
          kind: 'line',
          points: segment([GOAL_POSITION, FLAG_FOOT], [GOAL_POSITION, FLAG_FOOT + 0.22]),
          width: 0.01,
          role: 'goal',
        },
        {
          kind: 'polygon',
          points: [
            [GOAL_POSITION, FLAG_FOOT + 0.22],
            [GOAL_POSITION, FLAG_FOOT + 0.13],
            [GOAL_POSITION - 0.1, FLAG_FOOT + 0.175],
          ],
          role: 'goal',
        },
        { kind: 'polygon', points: CAR_BODY.map((point) => place(point, car)), role: 'accent' },
        { kind: 'circle', center: place([-0.042, 0.022], car), radius: 0.022, role: 'joint' },
        { kind: 'circle', center: place([0.042, 0.022], car), radius: 0.022, role: 'joint' },
      ],
    };
  }
}

/** Outline of the car around the point where it touches the hill. */
const CAR_BODY: readonly Point[] = [
  [-0.075, 0.025],
  [0.075, 0.025],
  [0.075, 0.055],
  [0.045, 0.062],
  [0.022, 0.09],
  [-0.04, 0.09],
  [-0.058, 0.062],
  [-0.075, 0.058],
];

export const mountainCar: EnvironmentDefinition = {
  id: 'MountainCar-v0',
  description: 'Rock a weak car back and forth until it climbs out of a valley.',
  observationSpace: {
    kind: 'box',
    shape: [2],
    low: [MIN_POSITION, -MAX_SPEED],
    high: [MAX_POSITION, MAX_SPEED],
  },
  observationNames: ['position', 'velocity'],
  actionSpace: { kind: 'discrete', n: 3 },
  maxEpisodeSteps: 200,
  worstReturn: -200,
  worstReward: -1,
  stepsPerSecond: 30,
  createWorld: () => new MountainCar(),
};
