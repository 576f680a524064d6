// The worlds of a vector environment in several threads: contiguous blocks of slots, the first of them in the run's own.
import type { Scene } from '../../contract/environment.ts';
import { copyRow } from '../../engine/agents/copy-row.ts';
import type { Action, EnvironmentDefinition, Slots, Worlds } from '../../engine/environments/environment.ts';
import { LocalWorlds } from '../../engine/environments/local-worlds.ts';
import { sizeOf } from '../../engine/networks/shapes.ts';
import type { Random } from '../../engine/random/random.ts';
import type { EnvironmentThread } from './environment-thread.ts';
import { sharedBlock, type SharedBlock } from './shared-block.ts';

/** A block in another thread. */
interface Block {
  readonly thread: EnvironmentThread;
  /** Its first slot. */
  readonly first: number;
  readonly shared: SharedBlock;
}

/** A part of the slots, from the first on. */
const firstSlots = (slots: Slots, count: number, observationSize: number): Slots => ({
  count,
  observations: slots.observations.subarray(0, count * observationSize),
  rewards: slots.rewards.subarray(0, count),
  terminated: slots.terminated.subarray(0, count),
  truncated: slots.truncated.subarray(0, count),
  active: slots.active.subarray(0, count),
});

/**
 * Every slot has its own stream of random numbers, wherever it is stepped: the bytes are those of `LocalWorlds`. A step
 * allocates nothing.
 */
export class ThreadedWorlds implements Worlds {
  readonly #slots: Slots;
  readonly #observationSize: number;
  readonly #actionSize: number | null;
  /** What the threads know it by. */
  readonly #number: number;
  readonly #own: LocalWorlds;
  /** Slots of this thread. */
  readonly #ownCount: number;
  readonly #blocks: readonly Block[];
  /** Slot → the stream that is brought up to date when its state is saved. */
  readonly #randoms: (Random | undefined)[] = [];

  /** @param number that no other worlds of these threads have */
  constructor(threads: readonly EnvironmentThread[], definition: EnvironmentDefinition, slots: Slots, number: number) {
    const { observationSpace, actionSpace } = definition;
    const observationSize = sizeOf(observationSpace.shape);
    const actionSize = actionSpace.kind === 'discrete' ? null : sizeOf(actionSpace.shape);
    this.#slots = slots;
    this.#observationSize = observationSize;
    this.#actionSize = actionSize;
    this.#number = number;
    const parts = threads.length + 1;
    const begin = (part: number): number => Math.floor((part * slots.count) / parts);
    this.#ownCount = begin(1);
    this.#own = new LocalWorlds(definition, firstSlots(slots, this.#ownCount, observationSize));
    this.#blocks = threads.map((thread, i) => {
      const first = begin(i + 1);
      const shape = { count: begin(i + 2) - first, observationSize, actionSize };
      const shared = sharedBlock(shape);
      thread.answer({ kind: 'open', block: number, shape, buffer: shared.buffer }, 'making them');
      return { thread, first, shared };
    });
  }

  reset(index: number, seed: number, random: Random): void {
    if (index < this.#ownCount) {
      this.#own.reset(index, seed, random);
      return;
    }
    this.#randoms[index] = random;
    const { thread, first } = this.#blockOf(index);
    thread.answer({ kind: 'reset', block: this.#number, index: index - first, seed }, 'resetting one');
    this.#observe(index);
  }

  step(actions: ArrayLike<Action>): void {
    for (const block of this.#blocks) this.#begin(block, actions);
    try {
      this.#own.step(actions);
    } finally {
      // Also when a world of this thread throws: what was begun has an end before anything else is asked.
      for (const block of this.#blocks) block.thread.finish('stepping');
    }
    for (const block of this.#blocks) this.#fetch(block);
  }

  saveState(index: number): number[] {
    if (index < this.#ownCount) return this.#own.saveState(index);
    const { thread, first } = this.#blockOf(index);
    const { state, random } = thread.answer({ kind: 'save', block: this.#number, index: index - first }, 'saving one');
    if (random != null) this.#randoms[index]!.loadState(random);
    return state!;
  }

  loadState(index: number, state: readonly number[], random: Random): void {
    if (index < this.#ownCount) {
      this.#own.loadState(index, state, random);
      return;
    }
    this.#randoms[index] = random;
    const { thread, first } = this.#blockOf(index);
    const slot = { block: this.#number, index: index - first };
    thread.answer({ kind: 'load', ...slot, state, random: random.saveState() }, 'going back to a saved state');
    this.#observe(index);
  }

  scene(index: number): Scene {
    if (index < this.#ownCount) return this.#own.scene(index);
    const { thread, first } = this.#blockOf(index);
    return thread.answer({ kind: 'scene', block: this.#number, index: index - first }, 'drawing one').scene!;
  }

  dispose(): void {
    for (const { thread } of this.#blocks) thread.answer({ kind: 'close', block: this.#number }, 'forgetting them');
  }

  #blockOf(index: number): Block {
    return this.#blocks.findLast(({ first }) => first <= index)!;
  }

  #begin({ thread, first, shared }: Block, actions: ArrayLike<Action>): void {
    const { active } = this.#slots;
    for (let i = 0; i < shared.count; i++) {
      shared.active[i] = active[first + i]!;
      const action = actions[first + i]!;
      if (typeof action === 'number') shared.actionNumbers[i] = action;
      else copyRow(action, 0, shared.actionNumbers, i, this.#actionSize!);
    }
    thread.step(this.#number);
  }

  #fetch({ first, shared }: Block): void {
    const { rewards, terminated, observations } = this.#slots;
    for (let i = 0; i < shared.count; i++) {
      if (shared.active[i] === 0) continue;
      rewards[first + i] = shared.rewards[i]!;
      terminated[first + i] = shared.terminated[i]!;
      copyRow(shared.observations, i, observations, first + i, this.#observationSize);
    }
  }

  #observe(index: number): void {
    const { first, shared } = this.#blockOf(index);
    copyRow(shared.observations, index - first, this.#slots.observations, index, this.#observationSize);
  }
}
