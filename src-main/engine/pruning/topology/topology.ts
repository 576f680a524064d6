// What becomes of the weights that a sparse network begins with: every so often the smallest go, and others grow.
import type { Random } from '../../random/random.ts';

export interface GrowthInput {
  /** ∂L/∂w of every entry of a kernel, also of those that are not there. */
  readonly gradient: Float32Array;
  readonly random: Random;
}

export interface Topology {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly formula: string;
  /** Score of every entry of a kernel: of those that are not there the highest grow. Null when nothing ever does. */
  readonly growth: ((input: GrowthInput) => Float32Array) | null;
}
