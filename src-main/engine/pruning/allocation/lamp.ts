import { layerAdaptive } from '../criteria/layer-adaptive.ts';
import { MissingAllocationDataError, type Allocation } from './allocation.ts';
import { global } from './global.ts';

/**
 * The amounts of Lee et al. 2021 whatever the ranking: each layer keeps as many elements as have one of the best
 * layer-adaptive magnitudes of the network. Which these are within a layer, the criterion says.
 */
export const lamp: Allocation = {
  id: 'lamp',
  name: 'LAMP',
  explanation: 'Layers keep what their largest weights stand for, relative to all that is left of the layer.',
  formula: 'n_l = |{w in l : w² / Σ {v² : |v| ≥ |w|} > τ}|, one τ for all layers',
  needs: 'magnitudes',
  keep: (layers, sparsity) => {
    const ranked = layers.map((layer) => {
      if (layer.magnitudes === undefined) throw new MissingAllocationDataError('lamp', 'magnitudes', layer.name);
      const alive = Uint8Array.from(layer.scores, (score) => (score === -Infinity ? 0 : 1));
      const scores = layerAdaptive(layer.magnitudes, alive);
      return { ...layer, scores: scores.map((score, i) => (alive[i] === 0 ? -Infinity : score)) };
    });
    return global.keep(ranked, sparsity);
  },
};
