// A world whose best policy is known: seven places in a row, where only walking right to the end is rewarded.
import type { EnvironmentDefinition, World } from '../../../src-main/engine/environments/environment.ts';
import type { Random } from '../../../src-main/engine/random/random.ts';

const LAST = 6;

class Chain implements World {
  #place = 0;
  #random: Random | undefined;

  get terminated(): boolean {
    return this.#place === LAST;
  }

  reset(random: Random): void {
    this.#random = random;
    this.#place = 0;
  }

  /** 1 walks right, 0 left; one step in ten slips and stays. */
  step(action: number): number {
    if (this.#random!.uniform() < 0.1) return 0;
    this.#place = Math.max(0, this.#place + (action === 1 ? 1 : -1));
    return this.terminated ? 1 : 0;
  }

  observe(target: Float32Array, offset: number): void {
    for (let place = 0; place < LAST; place++) target[offset + place] = Number(place === this.#place);
  }

  saveState(): number[] {
    return [this.#place];
  }

  loadState(state: readonly number[], random?: Random): void {
    this.#place = state[0]!;
    this.#random = random;
  }

  scene(): never {
    throw new Error('the chain is not drawn');
  }
}

export const chain: EnvironmentDefinition = {
  id: 'Chain-v0',
  description: 'Walk to the right end of a row of places.',
  observationSpace: { kind: 'box', shape: [LAST], low: new Array(LAST).fill(0), high: new Array(LAST).fill(1) },
  actionSpace: { kind: 'discrete', n: 2 },
  maxEpisodeSteps: 20,
  worstReturn: 0,
  createWorld: () => new Chain(),
};
