// The last observations at once (Mnih et al. 2015, methods): what moves, and how fast, becomes visible.
import type { Scene } from '../../../contract/environment.ts';
import type { Random } from '../../random/random.ts';
import type { Action, World } from '../environment.ts';

export interface FrameStackOptions {
  /** Observations that are seen at once. */
  readonly count: number;
  /** Numbers of one observation, and of its last dimension, along which they are put one behind the other. */
  readonly size: number;
  readonly channels: number;
}

/** An episode begins with its first observation in all places. */
export class FrameStack implements World {
  readonly #world: World;
  readonly #options: FrameStackOptions;
  /** Oldest first, [count, size]. */
  readonly #frames: Float32Array;

  constructor(world: World, options: FrameStackOptions) {
    this.#world = world;
    this.#options = options;
    this.#frames = new Float32Array(options.count * options.size);
  }

  get terminated(): boolean {
    return this.#world.terminated;
  }

  reset(random: Random): void {
    const { count, size } = this.#options;
    this.#world.reset(random);
    for (let frame = 0; frame < count; frame++) this.#world.observe(this.#frames, frame * size);
  }

  step(action: Action): number {
    const { count, size } = this.#options;
    const reward = this.#world.step(action);
    this.#frames.copyWithin(0, size);
    this.#world.observe(this.#frames, (count - 1) * size);
    return reward;
  }

  /** [size / channels, count, channels]: as one observation whose last dimension is `count` times as long. */
  observe(target: Float32Array, offset: number): void {
    const { count, size, channels } = this.#options;
    const frames = this.#frames;
    for (let frame = 0; frame < count; frame++) {
      for (let i = 0; i < size; i++) {
        const place = Math.floor(i / channels);
        target[offset + (place * count + frame) * channels + (i % channels)] = frames[frame * size + i]!;
      }
    }
  }

  /** [frames, …the world] */
  saveState(): number[] {
    return [...this.#frames, ...this.#world.saveState()];
  }

  loadState(state: readonly number[], random?: Random): void {
    const own = this.#frames.length;
    this.#frames.set(state.slice(0, own));
    this.#world.loadState(state.slice(own), random);
  }

  scene(): Scene {
    return this.#world.scene();
  }
}
