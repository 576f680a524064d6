// How important a weight or a unit is: one score each, larger = keep.
import type { Parameters } from '../../networks/parameters.ts';
import type { Random } from '../../random/random.ts';
import type { UnitGroup } from '../units.ts';

export interface WeightScoreInput {
  /** One kernel, row-major. */
  readonly kernel: Float32Array;
  /** 0 where already pruned; those score −Infinity afterwards and stay pruned. Absent when dense. */
  readonly mask?: Uint8Array | undefined;
  readonly random: Random;
}

export interface UnitScoreInput {
  readonly group: UnitGroup;
  readonly parameters: Parameters;
  readonly random: Random;
}

export interface Criterion {
  readonly id: string;
  readonly name: string;
  /** In plain words, one sentence. */
  readonly explanation: string;
  readonly formula: string;
  /** Score of every entry of a kernel; absent when the criterion does not rank weights. */
  readonly scoreWeights?: (input: WeightScoreInput) => Float32Array;
  /** Score of every unit of a group; absent when the criterion does not rank units. */
  readonly scoreUnits?: (input: UnitScoreInput) => Float32Array;
}
