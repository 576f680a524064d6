// A world of images for tests of convolutional policies: one cell is lit, and the action has to say in which half.
import type { EnvironmentDefinition, World } from '../../../src-main/engine/environments/environment.ts';
import { initializeParameters } from '../../../src-main/engine/networks/initialize.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

type ImageShape = readonly [height: number, width: number, channels: number];

class LitCell implements World {
  readonly terminated = false;
  readonly #shape: ImageShape;
  #random = new Random(0);
  #cell = 0;

  constructor(shape: ImageShape) {
    this.#shape = shape;
  }

  reset(random: Random): void {
    this.#random = random;
    this.#light();
  }

  step(action: number | Float32Array): number {
    const half = Number(2 * (this.#cell % this.#shape[1]) >= this.#shape[1]);
    this.#light();
    return action === half ? 1 : 0;
  }

  observe(target: Float32Array, offset: number): void {
    const [height, width, channels] = this.#shape;
    target.fill(0, offset, offset + height * width * channels);
    target[offset + this.#cell * channels] = 1;
  }

  saveState(): number[] {
    return [this.#cell];
  }

  loadState([cell]: readonly number[]): void {
    this.#cell = cell!;
  }

  scene(): never {
    throw new Error('not drawn here');
  }

  #light(): void {
    this.#cell = this.#random.integer(this.#shape[0] * this.#shape[1]);
  }
}

export function litCell(shape: ImageShape, maxEpisodeSteps = 20): EnvironmentDefinition {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return {
    id: 'LitCell',
    description: '',
    observationSpace: {
      kind: 'box',
      shape,
      low: new Array<number>(size).fill(0),
      high: new Array<number>(size).fill(1),
    },
    actionSpace: { kind: 'discrete', n: 2 },
    maxEpisodeSteps,
    worstReturn: 0,
    createWorld: () => new LitCell(shape),
  };
}

/**
 * A policy that is always right, in the shape that MinAtar's agents have: one convolution, one dense layer. Channel 0
 * repeats the image and neurons 0 and 1 sum up its halves; all other units are there for nothing.
 */
export function litCellAgent(shape: ImageShape, filters: number, neurons: number): PolicyModel {
  const [height, width] = shape;
  const network: PolicyModel['description']['network'] = {
    input: { shape, scale: 1 },
    trunk: [
      {
        kind: 'conv2d',
        name: 'conv',
        filters,
        kernelSize: [3, 3],
        strides: [1, 1],
        padding: 'same',
        activation: 'relu',
      },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'dense', units: neurons, activation: 'relu' },
    ],
    heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q', units: 2, activation: 'linear' }] }],
    combine: 'concatenate',
  };
  const noise = initializeParameters(network, new Random(3));
  const parameters = Object.fromEntries(
    Object.entries(noise).map(([name, values]) => [name, values.map((w) => w / 100)]),
  );
  // The middle of the window, from channel 0 to channel 0.
  parameters['conv/kernel']![4 * shape[2] * filters] = 1;
  for (let cell = 0; cell < height * width; cell++) {
    const half = Number(2 * (cell % width) >= width);
    parameters['dense/kernel']![cell * filters * neurons + half] = 1;
  }
  parameters['q/kernel']![0] = 1;
  parameters['q/kernel']![3] = 1;
  return {
    description: {
      algorithm: 'dqn',
      network,
      policy: { kind: 'greedy', head: 'q' },
      actionSpace: { kind: 'discrete', n: 2 },
      gamma: 0.9,
    },
    parameters,
    masks: {},
  };
}
