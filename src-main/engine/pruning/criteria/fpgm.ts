import { kernelName } from '../../networks/shapes.ts';
import type { Criterion } from './criterion.ts';

/**
 * He et al. 2019, §3.3: the sum of the distances to all units of the layer, which is smallest at the one nearest to the
 * geometric median; the median itself is not computed. Pruned units are no neighbours.
 */
export const fpgm: Criterion = {
  id: 'fpgm',
  name: 'Geometric median',
  explanation: 'How far a unit is from the others of its layer: one in their middle can be replaced by them.',
  formula: 'Σ_v ‖W_in,u − W_in,v‖₂',
  needs: 'nothing',
  scoreUnits: ({ group, parameters, mask }) => {
    const kernel = parameters[kernelName(group.layer)]!;
    const { units, inputs } = group;
    const sums = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      if (mask?.[u] === 0) continue;
      for (let v = 0; v < u; v++) {
        if (mask?.[v] === 0) continue;
        let squares = 0;
        for (let i = 0; i < inputs; i++) squares += (kernel[i * units + u]! - kernel[i * units + v]!) ** 2;
        sums[u]! += Math.sqrt(squares);
        sums[v]! += Math.sqrt(squares);
      }
    }
    return Float32Array.from(sums);
  },
};
