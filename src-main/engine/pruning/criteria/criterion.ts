// How important a weight or a unit is: one score each, larger = keep.
import type { Parameters } from '../../networks/parameters.ts';
import type { Random } from '../../random/random.ts';
import type { UnitStatistics } from '../activation-statistics.ts';
import type { UnitGradients, WeightGradients } from '../gradient-statistics.ts';
import type { Needs } from '../scoring-data.ts';
import type { ShapleyValues } from '../shapley/shapley-values.ts';
import type { UnitGroup } from '../units.ts';

export interface WeightScoreInput {
  /** One kernel, row-major, its last dimension the units. */
  readonly kernel: Float32Array;
  readonly shape: readonly number[];
  /** 0 where already pruned; those stay pruned whatever they score. Absent when dense. */
  readonly mask: Uint8Array | undefined;
  /** What the layer reads, per row of a dense kernel; null unless the criterion needs activations. */
  readonly inputs: UnitStatistics | null;
  /** Of every entry of the kernel; null unless the criterion needs gradients. */
  readonly gradients: WeightGradients | null;
  /** Σ −w·∂L/∂w of every entry of the kernel in training; null unless the criterion needs movement. */
  readonly movement: Float32Array | null;
  readonly random: Random;
}

export interface UnitScoreInput {
  readonly group: UnitGroup;
  readonly parameters: Parameters;
  /** 0 where the unit is already pruned; those stay pruned whatever they score. Absent when all are there. */
  readonly mask: Uint8Array | undefined;
  /** What the units put out; null unless the criterion needs activations. */
  readonly outputs: UnitStatistics | null;
  /** What they put out in every state, [states, units], and what was decided there; null unless needed. */
  readonly decisions: { readonly outputs: Float32Array; readonly labels: readonly Int32Array[] } | null;
  /** Of the units' outputs; null unless the criterion needs gradients. */
  readonly gradients: UnitGradients | null;
  /** What they contribute to the agreement with the dense policy, or to the return; null unless needed. */
  readonly agreement: ShapleyValues | null;
  readonly return: ShapleyValues | null;
  readonly random: Random;
}

export interface LayerScoreInput {
  /** What the decisions lose when this layer alone is bypassed, in [0, 1]. */
  readonly loss: number;
}

export interface Criterion {
  readonly id: string;
  readonly name: string;
  /** In plain words, one sentence. */
  readonly explanation: string;
  readonly formula: string;
  /** What scores depend on beside the weights. */
  readonly needs: Needs;
  /** Score of every entry of a kernel; absent when the criterion does not rank weights. */
  readonly scoreWeights?: (input: WeightScoreInput) => Float32Array;
  /** Score of every unit of a group; absent when the criterion does not rank units. */
  readonly scoreUnits?: (input: UnitScoreInput) => Float32Array;
  /** Score of a whole layer; absent when the criterion does not rank layers. */
  readonly scoreLayer?: (input: LayerScoreInput) => number;
  /** How sure the scores of units are; absent when they are computed and not estimated. */
  readonly estimates?: (input: UnitScoreInput) => ShapleyValues;
}
