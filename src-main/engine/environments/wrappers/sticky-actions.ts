// Sticky actions (Machado et al. 2018, section 5): now and then the action before goes on instead of the one that was chosen.
import type { Scene } from '../../../contract/environment.ts';
import { Random } from '../../random/random.ts';
import type { Action, World } from '../environment.ts';

/** Numbers that a `Random` without a spare normal is made of. */
const GENERATOR = 4;

/**
 * Nothing is repeated at the first step of an episode. Chance is of a stream of its own: some worlds go back to a state by
 * playing again, and must draw then what they drew before.
 */
export class StickyActions implements World {
  readonly #world: World;
  readonly #probability: number;
  #random = new Random(0);
  /** Whether there was an action, and which one: an index, or the vector. */
  #begun = false;
  #index = 0;
  readonly #vector: Float32Array;

  /** @param actionSize numbers of a continuous action; 0 for discrete ones */
  constructor(world: World, { probability, actionSize }: { probability: number; actionSize: number }) {
    this.#world = world;
    this.#probability = probability;
    this.#vector = new Float32Array(actionSize);
  }

  get terminated(): boolean {
    return this.#world.terminated;
  }

  reset(random: Random): void {
    this.#random = random.fork();
    this.#begun = false;
    this.#world.reset(random);
  }

  step(action: Action): number {
    const repeats = this.#random.uniform() < this.#probability && this.#begun;
    if (!repeats) {
      // Whoever acts may use its vector again.
      if (typeof action === 'number') this.#index = action;
      else this.#vector.set(action);
      this.#begun = true;
    }
    return this.#world.step(typeof action === 'number' ? this.#index : this.#vector);
  }

  observe(target: Float32Array, offset: number): void {
    this.#world.observe(target, offset);
  }

  /** [whether there was an action, its index, its vector, the stream, …the world] */
  saveState(): number[] {
    const { generator } = this.#random.saveState();
    return [Number(this.#begun), this.#index, ...this.#vector, ...generator, ...this.#world.saveState()];
  }

  loadState(state: readonly number[], random?: Random): void {
    const stream = 2 + this.#vector.length;
    const world = stream + GENERATOR;
    this.#begun = state[0] === 1;
    this.#index = state[1]!;
    this.#vector.set(state.slice(2, stream));
    this.#random = Random.fromState({ generator: state.slice(stream, world), spareNormal: null });
    this.#world.loadState(state.slice(world), random);
  }

  scene(): Scene {
    return this.#world.scene();
  }
}
