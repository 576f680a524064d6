// The worlds of a vector environment that are objects in this process.
import type { Scene } from '../../contract/environment.ts';
import { sizeOf } from '../networks/shapes.ts';
import type { Random } from '../random/random.ts';
import type { Action, EnvironmentDefinition, Slots, World, Worlds } from './environment.ts';

export class LocalWorlds implements Worlds {
  readonly #slots: Slots;
  readonly #observationSize: number;
  readonly #worlds: readonly World[];

  constructor(definition: EnvironmentDefinition, slots: Slots) {
    this.#slots = slots;
    this.#observationSize = sizeOf(definition.observationSpace.shape);
    this.#worlds = Array.from({ length: slots.count }, () => definition.createWorld());
  }

  reset(index: number, _seed: number, random: Random): void {
    this.#worlds[index]!.reset(random);
    this.#observe(index);
  }

  step(actions: ArrayLike<Action>): void {
    const { count, active, rewards, terminated } = this.#slots;
    for (let index = 0; index < count; index++) {
      if (active[index] === 0) continue;
      const world = this.#worlds[index]!;
      rewards[index] = world.step(actions[index]!);
      terminated[index] = world.terminated ? 1 : 0;
      this.#observe(index);
    }
  }

  saveState(index: number): number[] {
    return this.#worlds[index]!.saveState();
  }

  loadState(index: number, state: readonly number[], random: Random): void {
    this.#worlds[index]!.loadState(state, random);
    this.#observe(index);
  }

  scene(index: number): Scene {
    return this.#worlds[index]!.scene();
  }

  dispose(): void {
    // They are garbage like any other.
  }

  #observe(index: number): void {
    this.#worlds[index]!.observe(this.#slots.observations, index * this.#observationSize);
  }
}
