// A world whose observation is the step, and whose episode is as long as its seed's first draw says.
import type { EnvironmentDefinition, World } from '../../../src-main/engine/environments/environment.ts';
import type { Random } from '../../../src-main/engine/random/random.ts';

class Counting implements World {
  #step = 0;
  #length = 0;
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }
  get terminated(): boolean {
    return this.#step >= this.#length;
  }
  reset(random: Random): void {
    this.#step = 0;
    this.#length = 1 + random.integer(this.#longest);
  }
  step(): number {
    this.#step++;
    return 1;
  }
  observe(target: Float32Array, offset: number): void {
    target[offset] = this.#step;
  }
  saveState(): number[] {
    return [this.#step, this.#length];
  }
  loadState(state: readonly number[]): void {
    this.#step = state[0]!;
    this.#length = state[1]!;
  }
  scene(): never {
    throw new Error('not drawn here');
  }
}

/** Episodes of 1 to `longest` steps, at most `maxEpisodeSteps`. */
export function countingEnvironment(longest: number, maxEpisodeSteps = longest): EnvironmentDefinition {
  return {
    id: 'Counting',
    description: '',
    observationSpace: { kind: 'box', shape: [1], low: [0], high: [longest] },
    actionSpace: { kind: 'discrete', n: 1 },
    maxEpisodeSteps,
    worstReturn: 0,
    createWorld: () => new Counting(longest),
  };
}
