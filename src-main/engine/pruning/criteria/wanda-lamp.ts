import { layerAdaptive } from './layer-adaptive.ts';
import type { Criterion, WeightScoreInput } from './criterion.ts';

/** |w|·√E[x²] (Sun et al. 2024, Wanda, eq. 1) of every entry; where inputs are not per row (convolutions), |w|. */
function activityMagnitudes({ kernel, shape, inputs }: WeightScoreInput): Float32Array {
  const units = shape.at(-1)!;
  if (inputs === null || shape.length !== 2) return kernel.map(Math.abs);
  return kernel.map((w, i) => Math.abs(w) * inputs.rootMeanSquare[Math.floor(i / units)]!);
}

export const wandaLamp: Criterion = {
  id: 'wanda-lamp',
  name: 'Activity LAMP',
  explanation: 'LAMP on how much each weight contributes in the states the policy visits, not on its size alone.',
  formula: 'm² / Σ {v² : v in the same layer, v ≥ m},  m = |w|·√E[x²]',
  needs: 'activations',
  scoreWeights: (input) => layerAdaptive(activityMagnitudes(input), input.mask),
};
