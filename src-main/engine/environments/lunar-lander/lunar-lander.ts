// LunarLander-v3: bring a lander down between two flags (O. Klimov), by the rules that Gymnasium 1.4 publishes.
import type { BoxSpace, Scene } from '../../../contract/environment.ts';
import { Random } from '../../random/random.ts';
import type { Action, EnvironmentDefinition, World } from '../environment.ts';
import type { Point } from '../scene-geometry.ts';
import { fire, thrustOf, type Thrust } from './engines.ts';
import { drawScene } from './scene.ts';
import { drawTerrain, HEIGHT, PAD_HEIGHT, WIDTH } from './terrain.ts';
import { STANDING_HEIGHT, Vehicle } from './vehicle.ts';

const INITIAL_FORCE = 1000; // N, for one step
const STEPS_PER_SECOND = 50;

/** Of Gymnasium: an index, or two throttles. */
type Control = 'discrete' | 'continuous';

/**
 * **Description.** A lander falls towards the moon with a random push and has to come to rest, upright, on its legs, as
 * near as it can to a pad in the middle. Its engines are strong, they scatter a little, and fuel costs.
 *
 * **Action space.** Discrete(4): 0 nothing, 1 a push to the left, 2 the main engine, 3 a push to the right. Continuous:
 * Box(2), the throttles of the main engine (off up to 0, then 50 % to 100 %) and of the side engines (−1 to −0.5 to the
 * left at 100 % to 50 %, 0.5 to 1 to the right, off between).
 *
 * **Observation space.** Box(8): x and y from the pad in halves of the view, their velocities, the angle (rad), the
 * angular velocity, and 1 for each leg on the ground. All but the angle are scaled to be around 1.
 *
 * **Rewards.** By how much −100·distance − 100·speed − 100·|angle| + 10·legs on the ground has grown, −0.3 for the main
 * engine and −0.03 for a side engine at full power; −100 instead for a crash or for leaving the view, +100 for coming to
 * rest.
 *
 * **Start.** At the top in the middle; a force uniform in ±1000 N in each direction acts for one step.
 *
 * **End.** Terminated when the hull touches the ground, when |x| ≥ 1, or when the lander is at rest; truncated after 1000
 * steps.
 *
 * **Version history.** v3 widened the observation space and made episodes independent of those before.
 */
class LunarLander implements World {
  readonly #control: Control;
  #random = new Random(0);
  #terrain: Point[] = [];
  #vehicle = new Vehicle([]);
  #thrust: Thrust = thrustOf(0);
  #shaping = 0;
  /** All that a physics engine remembers is hard to write down; that it is deterministic is easy to use. */
  #start: readonly number[] = [];
  #actions: number[] = [];
  readonly #observation = new Float64Array(8);
  terminated = false;

  constructor(control: Control) {
    this.#control = control;
  }

  reset(random: Random): void {
    this.#start = [...random.saveState().generator];
    this.#actions = [];
    this.#random = random;
    this.#terrain = drawTerrain(random);
    this.#vehicle = new Vehicle(this.#terrain);
    this.#vehicle.push({
      x: random.between(-INITIAL_FORCE, INITIAL_FORCE),
      y: random.between(-INITIAL_FORCE, INITIAL_FORCE),
    });
    // The first observation is that after a step without engines.
    this.#advance(thrustOf(0));
    this.#shaping = this.#shapingNow();
    this.terminated = false;
  }

  step(action: Action): number {
    if (typeof action === 'number') this.#actions.push(action);
    else this.#actions.push(action[0]! + 0, action[1]! + 0); // JSON has no −0
    const thrust = thrustOf(action);
    this.#advance(thrust);
    const before = this.#shaping;
    this.#shaping = this.#shapingNow();
    const { crashed, hull } = this.#vehicle;
    const lost = crashed || Math.abs(this.#observation[0]!) >= 1;
    this.terminated = lost || !hull.isAwake();
    if (!hull.isAwake()) return 100;
    if (lost) return -100;
    return this.#shaping - before - 0.3 * thrust.main - 0.03 * thrust.side;
  }

  #advance(thrust: Thrust): void {
    const vehicle = this.#vehicle;
    fire(thrust, vehicle, this.#random);
    vehicle.step();
    this.#thrust = thrust;
    const position = vehicle.hull.getPosition();
    const velocity = vehicle.hull.getLinearVelocity();
    const o = this.#observation;
    o[0] = (position.x - WIDTH / 2) / (WIDTH / 2);
    o[1] = (position.y - (PAD_HEIGHT + STANDING_HEIGHT)) / (HEIGHT / 2);
    o[2] = (velocity.x * (WIDTH / 2)) / STEPS_PER_SECOND;
    o[3] = (velocity.y * (HEIGHT / 2)) / STEPS_PER_SECOND;
    o[4] = vehicle.hull.getAngle();
    o[5] = (20 * vehicle.hull.getAngularVelocity()) / STEPS_PER_SECOND;
    o[6] = vehicle.legContact[0]!;
    o[7] = vehicle.legContact[1]!;
  }

  #shapingNow(): number {
    const [x, y, vx, vy, angle, , left, right] = this.#observation as unknown as number[];
    return (
      -100 * Math.sqrt(x! ** 2 + y! ** 2) -
      100 * Math.sqrt(vx! ** 2 + vy! ** 2) -
      100 * Math.abs(angle!) +
      10 * left! +
      10 * right!
    );
  }

  observe(target: Float32Array, offset: number): void {
    for (let i = 0; i < 8; i++) target[offset + i] = this.#observation[i]!;
  }

  /** The random numbers that the episode began with, then all actions. */
  saveState(): number[] {
    return [...this.#start, ...this.#actions];
  }

  /** Plays the episode again; one that has not begun has no state. */
  loadState(state: readonly number[], random?: Random): void {
    if (state.length === 0) return;
    this.reset(Random.fromState({ generator: state.slice(0, 4), spareNormal: null }));
    const actions = state.slice(4);
    const size = this.#control === 'discrete' ? 1 : 2;
    for (let i = 0; i < actions.length; i += size) {
      this.step(size === 1 ? actions[i]! : Float32Array.of(actions[i]!, actions[i + 1]!));
    }
    if (random !== undefined) this.#random = random;
  }

  scene(): Scene {
    return drawScene(this.#terrain, this.#vehicle, this.#thrust);
  }
}

const HIGH = [2.5, 2.5, 10, 10, 2 * Math.PI, 10, 1, 1];
const OBSERVATION_SPACE: BoxSpace = {
  kind: 'box',
  shape: [8],
  low: HIGH.map((high, i) => (i < 6 ? -high : 0)),
  high: HIGH,
};

const common = {
  observationSpace: OBSERVATION_SPACE,
  observationNames: [
    'x',
    'y',
    'velocity in x',
    'velocity in y',
    'angle',
    'angular velocity',
    'left leg on the ground',
    'right leg on the ground',
  ],
  maxEpisodeSteps: 1000,
  stepsPerSecond: 50,
  // Returns have no lower bound: a main engine that never stops gives −831 on average. A random policy gives −184.
  worstReturn: -200,
} as const;

export const lunarLander: EnvironmentDefinition = {
  id: 'LunarLander-v3',
  description: 'Bring a lander down softly between two flags with three engines that are on or off.',
  ...common,
  actionSpace: { kind: 'discrete', n: 4 },
  createWorld: () => new LunarLander('discrete'),
};

export const lunarLanderContinuous: EnvironmentDefinition = {
  id: 'LunarLanderContinuous-v3',
  description: 'Bring a lander down softly between two flags with two throttles.',
  ...common,
  actionSpace: { kind: 'box', shape: [2], low: [-1, -1], high: [1, 1] },
  createWorld: () => new LunarLander('continuous'),
};
