// Where parameters lie, and all that belongs to them: gradients, optimizer slots, masks, sparse indices.
import { allLayers, type PlacedNetwork } from '../../networks/shapes.ts';
import type { MemoryLayout } from './memory-layout.ts';
import { roundUpTo4 } from './memory-layout.ts';
import { layoutParameters, type ParameterLayout } from './parameter-layout.ts';

/** Addresses of the arrays of a sparse index, see assembly/records.ts; 0 for those that inference does without. */
export interface PlannedSparse {
  readonly starts: number;
  readonly ends: number;
  readonly offsets: number;
  readonly rowStarts: number;
  readonly rowOffsets: number;
  readonly order: number;
  readonly rowValues: number;
  /** Weights, filling included, that there is room for. */
  readonly capacity: number;
}

/** A parameter and what belongs to it; addresses of equally laid out arrays, 0 for what there is not. */
export interface PlannedParameter {
  readonly layout: ParameterLayout;
  readonly w: number;
  readonly gradient: number;
  /** Optimizer slots: running mean, running mean of squares. */
  readonly m: number;
  readonly v: number;
  readonly mask: number;
  /** Null where running on living weights only never pays. */
  readonly sparse: PlannedSparse | null;
}

export interface Weights {
  readonly kernel: PlannedParameter;
  readonly bias: PlannedParameter;
}

/** The densest layer that runs faster on its living weights only, measured with batches of 8 to 128. */
const SPARSE_DENSITY = 0.4;

/** The same where samples come one at a time and nothing is vectorised over them. */
const SPARSE_DENSITY_OF_ONE = 0.2;

/** Smaller kernels take no time either way. */
const MIN_SPARSE_WEIGHTS = 1024;

interface Options {
  readonly layout: MemoryLayout;
  readonly maxBatch: number;
  /** Adds gradients and what optimizers remember. */
  readonly training: boolean;
}

function planSparse({ rows, columns }: ParameterLayout, { layout, maxBatch, training }: Options): PlannedSparse | null {
  const weights = rows * columns;
  if (weights < MIN_SPARSE_WEIGHTS) return null;
  const density = maxBatch === 1 ? SPARSE_DENSITY_OF_ONE : SPARSE_DENSITY;
  const capacity = Math.floor(density * weights) + 3 * Math.max(rows, columns);
  const take = (items: number, needed = true): number => (needed ? layout.take(items * 4) : 0);
  return {
    starts: take(roundUpTo4(columns) + 1),
    ends: take(columns),
    offsets: take(capacity),
    rowStarts: take(roundUpTo4(rows) + 1, training),
    rowOffsets: take(capacity, training),
    order: take(capacity, training),
    rowValues: take(capacity, training),
    capacity,
  };
}

/** By layer name, in forward order. */
export function planParameters(placed: PlacedNetwork, options: Options): ReadonlyMap<string, Weights> {
  const { layout, training } = options;
  const place = (parameter: ParameterLayout, mayBeSparse: boolean): PlannedParameter => {
    const take = (needed: boolean): number => (needed ? layout.take(parameter.bytes) : 0);
    return {
      layout: parameter,
      w: take(true),
      gradient: take(training),
      m: take(training),
      v: take(training),
      mask: take(training),
      sparse: mayBeSparse ? planSparse(parameter, options) : null,
    };
  };
  const weights = new Map<string, Weights>();
  for (const layer of allLayers(placed)) {
    const layouts = layoutParameters(layer);
    if (layouts === null) continue;
    const kernel = place(layouts.kernel, layer.layer.kind === 'dense');
    weights.set(layer.layer.name, { kernel, bias: place(layouts.bias, false) });
  }
  return weights;
}
