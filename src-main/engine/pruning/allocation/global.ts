import { clampKept, keptCount, type Allocation } from './allocation.ts';
import { sortedScores } from './sorted-scores.ts';

/**
 * One threshold for the whole network: the best-scored elements stay wherever they are. Every layer first gets its
 * minimum; what remains of the total goes to the best scores of all layers together, ties to the earlier layer.
 */
export const global: Allocation = {
  id: 'global',
  name: 'Global',
  explanation: 'One threshold for the whole network: a layer that matters less loses more.',
  formula: 'keep w if score(w) > τ, one τ for all layers',
  needs: 'nothing',
  keep: (layers, sparsity) => {
    const total = keptCount(
      layers.reduce((sum, layer) => sum + layer.size, 0),
      sparsity,
    );
    const kept = layers.map((layer) => clampKept(layer, 0));
    const room = Math.max(0, total - kept.reduce((sum, count) => sum + count, 0));
    // Beyond its minimum a layer offers its elements from the best on; the total takes the best offers of all layers.
    const sorted = layers.map((layer) => sortedScores(layer.scores));
    for (let left = room; left > 0; left--) {
      let best = -1;
      let bestScore = -Infinity;
      for (let l = 0; l < layers.length; l++) {
        const next = layers[l]!.size - 1 - kept[l]!;
        if (next < 0 || (best >= 0 && sorted[l]![next]! <= bestScore)) continue;
        best = l;
        bestScore = sorted[l]![next]!;
      }
      if (best < 0) break;
      kept[best]!++;
    }
    return kept;
  },
};
