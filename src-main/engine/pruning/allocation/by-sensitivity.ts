// Amounts by what the return says: layers that can be pruned without loss are pruned most.
import type { SensitivityReport } from '../../../contract/sensitivity.ts';
import { kernelName } from '../../networks/shapes.ts';
import {
  clampKept,
  keptCount,
  MissingAllocationDataError,
  type Allocation,
  type AllocationLayer,
  type SensitivityCurve,
} from './allocation.ts';

/** Among losses that are equal, zero above all, the lower share goes first: it decides between layers nobody misses. */
const TIE_BREAK = 1e-6;

/**
 * The loss at a share, never less than at a smaller one: what is better further on is luck. Linear between what was
 * measured, from nothing at 0 to everything at 1.
 */
export function lossAt(curve: SensitivityCurve, share: number): number {
  let [from, low] = [0, 0];
  for (const { sparsity, lost } of [...curve, { sparsity: 1, lost: 1 }]) {
    const high = Math.max(low, Math.min(1, lost));
    if (share <= sparsity) return low + ((high - low) * (share - from)) / (sparsity - from || 1);
    [from, low] = [sparsity, high];
  }
  return low;
}

interface Prunable {
  readonly size: number;
  /** What may go at most. */
  readonly most: number;
  /** When so many elements are gone; ascending. */
  readonly costOf: (removed: number) => number;
}

function prunable(layer: AllocationLayer): Prunable {
  const { name, size, sensitivity } = layer;
  if (sensitivity === undefined) throw new MissingAllocationDataError('sensitivity', 'sensitivity', name);
  return {
    size,
    most: size - clampKept(layer, 0),
    costOf: (removed) => lossAt(sensitivity, removed / size) + TIE_BREAK * (removed / size),
  };
}

/** As many as cost no more than the level. */
function removedAt({ most, costOf }: Prunable, level: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (costOf(middle) <= level) low = middle;
    else high = middle - 1;
  }
  return low;
}

const LEVELS = 40;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Elements to remove from each layer: the largest loss of any layer alone is as small as it can be. That is reached by
 * always taking the element that is cheapest next; a common level, found by bisection, takes most of them at once.
 */
function removals(layers: readonly Prunable[], total: number): number[] {
  let [low, high] = [0, 1 + 2 * TIE_BREAK];
  for (let i = 0; i < LEVELS; i++) {
    const level = (low + high) / 2;
    if (sum(layers.map((layer) => removedAt(layer, level))) <= total) low = level;
    else high = level;
  }
  const removed = layers.map((layer) => removedAt(layer, low));
  for (let left = total - sum(removed); left > 0; left--) {
    const next = layers.map((layer, l) => (removed[l]! < layer.most ? layer.costOf(removed[l]! + 1) : Infinity));
    const cheapest = next.indexOf(Math.min(...next));
    if (next[cheapest] === Infinity) break;
    removed[cheapest]!++;
  }
  return removed;
}

export const bySensitivity: Allocation = {
  id: 'sensitivity',
  name: 'By sensitivity of the return',
  explanation: 'Each layer is pruned alone first, and played; those whose loss the return hardly notices lose most.',
  formula: 's_l = max {s : R lost by pruning l alone to s ≤ τ}, one τ for all layers',
  needs: 'sensitivity',
  keep: (layers, sparsity) => {
    const size = sum(layers.map((layer) => layer.size));
    const removed = removals(layers.map(prunable), size - keptCount(size, sparsity));
    return layers.map((layer, l) => layer.size - removed[l]!);
  },
};

/** Of a report, by the layer's name and its kernel's. */
export function curvesOf({ layers }: Pick<SensitivityReport, 'layers'>): Map<string, SensitivityCurve> {
  return new Map(
    layers.flatMap(({ layer, points }) => {
      const curve = points.map(({ sparsity, keptShare }) => ({ sparsity, lost: 1 - keptShare }));
      return [
        [layer, curve],
        [kernelName(layer), curve],
      ];
    }),
  );
}

/** The allocation, told what was measured. @param curves by the layer's name, or its kernel's */
export function withSensitivity(allocation: Allocation, curves: ReadonlyMap<string, SensitivityCurve>): Allocation {
  return {
    ...allocation,
    keep: (layers, sparsity) => {
      const told = layers.map((layer) => {
        const sensitivity = curves.get(layer.name);
        return sensitivity === undefined ? layer : { ...layer, sensitivity };
      });
      return allocation.keep(told, sparsity);
    },
  };
}
