import { clampKept, keptCount, type Allocation, type AllocationLayer } from './allocation.ts';

/**
 * Densities of the Erdős–Rényi-kernel allocation (Evci et al. 2020, RigL, §3): density_l = ε · Σ dims / Π dims.
 * A layer that would exceed 1 becomes dense and ε is solved again for the others.
 */
export function erkDensities(layers: readonly Pick<AllocationLayer, 'size' | 'shape'>[], sparsity: number): number[] {
  const raw = layers.map(
    ({ shape }) => shape.reduce((sum, d) => sum + d, 0) / shape.reduce((product, d) => product * d, 1),
  );
  const budget = (1 - sparsity) * layers.reduce((sum, layer) => sum + layer.size, 0);
  const dense = new Set<number>();
  for (;;) {
    let free = budget;
    let weighted = 0;
    layers.forEach((layer, l) => {
      if (dense.has(l)) free -= layer.size;
      else weighted += raw[l]! * layer.size;
    });
    const epsilon = weighted === 0 ? 0 : Math.max(0, free) / weighted;
    const overfull = layers.flatMap((_, l) => (!dense.has(l) && epsilon * raw[l]! > 1 ? [l] : []));
    if (overfull.length === 0) return layers.map((_, l) => (dense.has(l) ? 1 : epsilon * raw[l]!));
    for (const l of overfull) dense.add(l);
  }
}

export const erk: Allocation = {
  id: 'erk',
  name: 'Erdős–Rényi kernel',
  explanation: 'Small layers stay denser than large ones: density falls with the number of weights per connection end.',
  formula: 'density_l = ε · Σ dims / Π dims',
  needs: 'nothing',
  keep: (layers, sparsity) => {
    const densities = erkDensities(layers, sparsity);
    return layers.map((layer, l) => clampKept(layer, keptCount(layer.size, 1 - densities[l]!)));
  },
};
