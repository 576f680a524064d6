// How important a weight or a unit is: one score each, larger = keep.
import type { Parameters } from '../../networks/parameters.ts';
import type { Random } from '../../random/random.ts';
import type { UnitStatistics } from '../activation-statistics.ts';
import type { UnitGroup } from '../units.ts';

export interface WeightScoreInput {
  /** One kernel, row-major, its last dimension the units. */
  readonly kernel: Float32Array;
  readonly shape: readonly number[];
  /** 0 where already pruned; those stay pruned whatever they score. Absent when dense. */
  readonly mask: Uint8Array | undefined;
  /** What the layer reads, per row of a dense kernel; null unless the criterion `needsActivations`. */
  readonly inputs: UnitStatistics | null;
  readonly random: Random;
}

export interface UnitScoreInput {
  readonly group: UnitGroup;
  readonly parameters: Parameters;
  /** What the units put out; null unless the criterion `needsActivations`. */
  readonly outputs: UnitStatistics | null;
  readonly random: Random;
}

export interface Criterion {
  readonly id: string;
  readonly name: string;
  /** In plain words, one sentence. */
  readonly explanation: string;
  readonly formula: string;
  /** Whether scores depend on what the network does in the states that it visits. */
  readonly needsActivations: boolean;
  /** Score of every entry of a kernel; absent when the criterion does not rank weights. */
  readonly scoreWeights?: (input: WeightScoreInput) => Float32Array;
  /** Score of every unit of a group; absent when the criterion does not rank units. */
  readonly scoreUnits?: (input: UnitScoreInput) => Float32Array;
}
