// The optimizers as scalar recurrences in float64, one parameter at a time, as PyTorch documents them.
import type { OptimizerConfig, StepOptions } from '../../../src-main/engine/numerics/backend.ts';
import type { Masks, Parameters } from '../../../src-main/engine/networks/parameters.ts';

type Vectors = Record<string, Float64Array>;

const toDoubles = (values: Parameters): Vectors =>
  Object.fromEntries(Object.entries(values).map(([name, array]) => [name, Float64Array.from(array)]));

const zerosLike = (values: Parameters): Vectors =>
  Object.fromEntries(Object.entries(values).map(([name, array]) => [name, new Float64Array(array.length)]));

/** Moves its own copy of the parameters; a step is fed the gradients. */
export class ReferenceOptimizer {
  readonly parameters: Vectors;
  readonly m: Vectors;
  readonly v: Vectors;
  readonly #config: OptimizerConfig;
  #masks: Masks = {};
  #steps = 0;

  constructor(config: OptimizerConfig, parameters: Parameters) {
    this.#config = config;
    this.parameters = toDoubles(parameters);
    this.m = zerosLike(parameters);
    this.v = zerosLike(parameters);
  }

  setMasks(masks: Masks): void {
    this.#masks = masks;
    for (const [name, mask] of Object.entries(masks)) {
      mask.forEach((keep, i) => {
        if (keep === 0) this.parameters[name]![i] = this.m[name]![i] = this.v[name]![i] = 0;
      });
    }
  }

  step(denseGradients: Parameters, { learningRate, maxGradientNorm }: StepOptions): void {
    this.#steps++;
    const gradients = toDoubles(denseGradients);
    for (const [name, mask] of Object.entries(this.#masks)) {
      mask.forEach((keep, i) => (gradients[name]![i]! *= keep));
    }
    const norm = Math.sqrt(Object.values(gradients).reduce((sum, g) => sum + g.reduce((s, x) => s + x * x, 0), 0));
    const clip = maxGradientNorm !== undefined && norm > maxGradientNorm ? maxGradientNorm / (norm + 1e-6) : 1;
    for (const [name, values] of Object.entries(this.parameters)) {
      for (let i = 0; i < values.length; i++) {
        values[i]! -= learningRate * this.#direction(name, i, gradients[name]![i]! * clip);
      }
    }
  }

  #direction(name: string, i: number, g: number): number {
    const config = this.#config;
    const m = this.m[name]!;
    const v = this.v[name]!;
    switch (config.kind) {
      case 'adam': {
        m[i] = config.beta1 * m[i]! + (1 - config.beta1) * g;
        v[i] = config.beta2 * v[i]! + (1 - config.beta2) * g * g;
        const mHat = m[i] / (1 - config.beta1 ** this.#steps);
        const vHat = v[i] / (1 - config.beta2 ** this.#steps);
        return mHat / (Math.sqrt(vHat) + config.epsilon);
      }
      case 'rmsprop': {
        v[i] = config.decay * v[i]! + (1 - config.decay) * g * g;
        if (!config.centered) return g / (Math.sqrt(v[i]) + config.epsilon);
        m[i] = config.decay * m[i]! + (1 - config.decay) * g;
        return g / (Math.sqrt(Math.max(v[i] - m[i] ** 2, 0)) + config.epsilon);
      }
      case 'sgd':
        m[i] = config.momentum * m[i]! + g;
        return m[i];
    }
  }
}
