// A world with a known best policy and smooth returns: shown x in ±1, say 1.5·x − 0.3.
import type { ModelDescription } from '../../../../src-main/contract/model.ts';
import type { Action, EnvironmentDefinition, World } from '../../../../src-main/engine/environments/environment.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import type { Random } from '../../../../src-main/engine/random/random.ts';

class Aiming implements World {
  readonly terminated = false;
  #random: Random | undefined;
  #x = 0;

  reset(random: Random): void {
    this.#random = random;
    this.#x = random.between(-1, 1);
  }
  /** Minus the distance to the best action. */
  step(action: Action): number {
    const miss = Math.abs((action as Float32Array)[0]! - (1.5 * this.#x - 0.3));
    this.#x = this.#random!.between(-1, 1);
    return -miss;
  }
  observe(target: Float32Array, offset: number): void {
    target[offset] = this.#x;
  }
  saveState(): number[] {
    return [this.#x];
  }
  loadState(state: readonly number[], random?: Random): void {
    this.#x = state[0]!;
    this.#random = random;
  }
  scene(): never {
    throw new Error('not drawn here');
  }
}

export const aiming: EnvironmentDefinition = {
  id: 'Aiming-v0',
  description: '',
  observationSpace: { kind: 'box', shape: [1], low: [-1], high: [1] },
  actionSpace: { kind: 'box', shape: [1], low: [-2], high: [2] },
  maxEpisodeSteps: 5,
  worstReturn: -5 * 3.8,
  createWorld: () => new Aiming(),
};

/** y = slope·x + offset, in two equal halves. */
export function linearPolicy(slope: number, offset: number): PolicyModel {
  const description: ModelDescription = {
    algorithm: 'ppo',
    network: {
      input: { shape: [1], scale: 1 },
      trunk: [{ kind: 'dense', name: 'hidden', units: 2, activation: 'linear' }],
      heads: [{ name: 'policy', layers: [{ kind: 'dense', name: 'policy/out', units: 1, activation: 'linear' }] }],
      combine: 'concatenate',
    },
    policy: { kind: 'mean', head: 'policy', logStd: [0] },
    actionSpace: aiming.actionSpace,
    gamma: 0.99,
  };
  const parameters = {
    'hidden/kernel': Float32Array.of(1, 1),
    'hidden/bias': Float32Array.of(0, 0),
    'policy/out/kernel': Float32Array.of(slope / 2, slope / 2),
    'policy/out/bias': Float32Array.of(offset),
  };
  return { description, parameters, masks: {} };
}
