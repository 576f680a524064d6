import { layerAdaptive } from './layer-adaptive.ts';
import type { Criterion } from './criterion.ts';

export const lamp: Criterion = {
  id: 'lamp',
  name: 'LAMP',
  explanation: 'Magnitude relative to what is left of the layer, so that small layers are not emptied first.',
  formula: 'w² / Σ {v² : v in the same layer, |v| ≥ |w|}',
  needs: 'nothing',
  scoreWeights: ({ kernel, mask }) => layerAdaptive(kernel.map(Math.abs), mask),
};
