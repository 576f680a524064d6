import { clampKept, keptCount, type Allocation } from './allocation.ts';

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
    const offers = layers.map((layer, l) => layer.scores.slice().sort().reverse().subarray(kept[l]));
    const best = Float32Array.from(offers.flatMap((scores) => Array.from(scores)))
      .sort()
      .reverse();
    const threshold = best[room - 1] ?? Infinity;
    let left = room;
    offers.forEach((scores, l) => {
      const above = scores.reduce((count, score) => count + (score > threshold ? 1 : 0), 0);
      kept[l]! += above;
      left -= above;
    });
    offers.forEach((scores, l) => {
      const ties = Math.min(
        left,
        scores.reduce((count, score) => count + (score === threshold ? 1 : 0), 0),
      );
      kept[l]! += ties;
      left -= ties;
    });
    return kept;
  },
};
