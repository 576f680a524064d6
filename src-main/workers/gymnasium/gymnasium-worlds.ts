// The worlds of a vector environment that live in Python: one question steps them all.
import type { Scene } from '../../contract/environment.ts';
import { sizeOf } from '../../engine/networks/shapes.ts';
import type { Action, EnvironmentDefinition, Slots, Worlds } from '../../engine/environments/environment.ts';
import { EnvironmentNotReproducibleError } from './gymnasium-errors.ts';
import type { Bridge, PackedActions } from './bridge.ts';
import { pictureScene } from './picture.ts';
import type { Described } from './protocol.ts';

/** What has happened in a slot since its reset: it is how a world is saved, since its insides are its own. */
interface Episode {
  seed: number;
  /** One after the other, each of `actionSize` numbers. */
  actions: number[];
  /** Whether its world can be drawn. */
  drawn: boolean;
}

export class GymnasiumWorlds implements Worlds {
  readonly #bridge: Bridge;
  readonly #slots: Slots;
  readonly #id: string;
  readonly #bytes: boolean;
  readonly #observationSize: number;
  /** Numbers per action; null: indices. */
  readonly #actionSize: number | null;
  /** Slot → world of the bridge. */
  readonly #worlds: readonly number[];
  readonly #episodes: readonly Episode[];
  #disposed = false;

  constructor(bridge: Bridge, described: Described, definition: EnvironmentDefinition, slots: Slots) {
    this.#bridge = bridge;
    this.#slots = slots;
    this.#id = definition.id;
    this.#bytes = described.observation.dtype === 'uint8';
    this.#observationSize = sizeOf(described.observation.shape);
    this.#actionSize = described.actions.kind === 'box' ? sizeOf(described.actions.shape) : null;
    this.#worlds = Array.from({ length: slots.count }, () => bridge.take());
    this.#episodes = this.#worlds.map(() => ({ seed: 0, actions: [], drawn: false }));
  }

  reset(index: number, seed: number): void {
    const episode = this.#episodes[index]!;
    episode.seed = seed;
    episode.actions = [];
    this.#observe(index, this.#bridge.reset(this.#worlds[index]!, seed), 0);
  }

  step(actions: ArrayLike<Action>): void {
    const { active, rewards, terminated, truncated } = this.#slots;
    const running: number[] = [];
    for (let index = 0; index < active.length; index++) if (active[index] === 1) running.push(index);
    const count = running.length;
    if (count === 0) return;
    const worlds = Uint32Array.from(running, (index) => this.#worlds[index]!);
    const taken: number[] = [];
    for (const index of running) {
      const action = actions[index]!;
      const numbers = typeof action === 'number' ? [action] : action;
      for (const number of numbers) {
        taken.push(number);
        this.#episodes[index]!.actions.push(number);
      }
    }
    const answer = this.#bridge.step(worlds, this.#packed(taken));
    running.forEach((index, row) => {
      rewards[index] = answer.readDoubleLE(8 * row);
      terminated[index] = answer[8 * count + row]!;
      truncated[index] = answer[9 * count + row]!;
      this.#observe(index, answer, 10 * count + row * this.#observationBytes);
    });
  }

  /** The seed and the actions: what came of them is played again. */
  saveState(index: number): number[] {
    const { seed, actions } = this.#episodes[index]!;
    return [seed, ...actions];
  }

  /** @throws EnvironmentNotReproducibleError */
  loadState(index: number, state: readonly number[]): void {
    const [seed, ...actions] = state;
    const episode = this.#episodes[index]!;
    if (seed === undefined) throw new EnvironmentNotReproducibleError(this.#id, 'the saved state is empty');
    episode.seed = seed;
    episode.actions = actions;
    this.#replay(index);
  }

  /** A world that cannot be drawn is replaced by one that can, which plays what was played so far. */
  scene(index: number): Scene {
    const episode = this.#episodes[index]!;
    if (!episode.drawn) {
      episode.drawn = true;
      this.#replay(index);
    }
    return pictureScene(this.#bridge.draw(this.#worlds[index]!));
  }

  dispose(): void {
    if (!this.#disposed) this.#bridge.giveBack(this.#worlds);
    this.#disposed = true;
  }

  get #observationBytes(): number {
    return this.#observationSize * (this.#bytes ? 1 : 4);
  }

  #replay(index: number): void {
    const { seed, actions, drawn } = this.#episodes[index]!;
    const world = this.#worlds[index]!;
    const steps = actions.length / (this.#actionSize ?? 1);
    this.#observe(index, this.#bridge.replay({ world, seed, actions: this.#packed(actions), steps, drawn }), 0);
  }

  #packed(actions: readonly number[]): PackedActions {
    return this.#actionSize === null ? Uint32Array.from(actions) : Float32Array.from(actions);
  }

  #observe(index: number, from: Buffer, offset: number): void {
    const target = this.#slots.observations;
    const start = index * this.#observationSize;
    if (this.#bytes) {
      target.set(from.subarray(offset, offset + this.#observationSize), start);
      return;
    }
    const bytes = new Uint8Array(target.buffer, target.byteOffset + 4 * start, 4 * this.#observationSize);
    bytes.set(from.subarray(offset, offset + bytes.length));
  }
}
