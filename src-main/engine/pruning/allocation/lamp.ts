import { layerAdaptive } from '../criteria/layer-adaptive.ts';
import { MissingAllocationDataError, type Allocation, type AllocationLayer } from './allocation.ts';
import { global } from './global.ts';

/** By the scores that say what is left of a layer. They never change, and many amounts may be asked for. */
const known = new WeakMap<Float32Array, { readonly magnitudes: Float32Array; readonly lamp: Float32Array }>();

/** Of every element, −Infinity where it is pruned already. */
function lampScores({ name, magnitudes, scores }: AllocationLayer): Float32Array {
  if (magnitudes === undefined) throw new MissingAllocationDataError('lamp', 'magnitudes', name);
  const before = known.get(scores);
  if (before?.magnitudes === magnitudes) return before.lamp;
  const alive = Uint8Array.from(scores, (score) => (score === -Infinity ? 0 : 1));
  const lamp = layerAdaptive(magnitudes, alive).map((score, i) => (alive[i] === 0 ? -Infinity : score));
  known.set(scores, { magnitudes, lamp });
  return lamp;
}

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
    const ranked = layers.map((layer) => ({ ...layer, scores: lampScores(layer) }));
    return global.keep(ranked, sparsity);
  },
};
