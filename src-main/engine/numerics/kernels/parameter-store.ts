// The parameters of an instance in its memory, with masks, gradients and optimizer slots; dense or sparse layer by layer.
import type { Masks, Parameters } from '../../networks/parameters.ts';
import type { NetworkPlan } from './network-plan.ts';
import { PARAMETER_RECORD_BYTES } from './network-plan.ts';
import { packMask, panelStorage } from './parameter-layout.ts';
import type { PlannedParameter, PlannedSparse } from './parameter-plan.ts';
import { setSparse } from './program.ts';
import { buildSparseIndex, sparseStorage, type SparseIndex } from './sparse-index.ts';
import type { Storage } from './storage.ts';

/** What is kept for every value of a parameter. */
export type ParameterArray = 'w' | 'gradient' | 'm' | 'v';

/** A parameter as it is stored at the moment. */
interface Stored {
  readonly parameter: PlannedParameter;
  readonly dense: Storage;
  storage: Storage;
  mask: Uint8Array | undefined;
}

/** θ ⊙ m, as a copy. */
function silenced(values: Float32Array, mask: Uint8Array): Float32Array {
  const kept = values.slice();
  for (let i = 0; i < mask.length; i++) if (mask[i] === 0) kept[i] = 0;
  return kept;
}

export class ParameterStore {
  readonly #plan: NetworkPlan;
  readonly #memory: ArrayBuffer;
  readonly #stored: readonly Stored[];

  constructor(plan: NetworkPlan, memory: ArrayBuffer) {
    this.#plan = plan;
    this.#memory = memory;
    this.#stored = plan.parameters.map((parameter) => {
      const dense = panelStorage(parameter.layout);
      return { parameter, dense, storage: dense, mask: undefined };
    });
    this.#writeTable();
  }

  /** Copies, dense. */
  read(array: ParameterArray): Record<string, Float32Array> {
    return Object.fromEntries(
      this.#stored.map((stored) => [stored.parameter.layout.name, this.#readOne(stored, array)]),
    );
  }

  /** What is masked becomes zero; but gradients are dense wherever the storage is. */
  write(array: ParameterArray, parameters: Parameters): void {
    for (const stored of this.#stored) this.#writeOne(stored, array, parameters[stored.parameter.layout.name]!);
  }

  /**
   * The gradients with those of pruned weights.
   * @param pruned computes them for a sparse layer, in panels, at an address.
   */
  readDenseGradients(pruned: (layer: string, address: number) => void): Record<string, Float32Array> {
    const { denseGradient } = this.#plan;
    return Object.fromEntries(
      this.#stored.map((stored) => {
        const { layout } = stored.parameter;
        if (stored.storage === stored.dense) return [layout.name, this.#readOne(stored, 'gradient')];
        pruned(layout.layer, denseGradient);
        const values = new Float32Array(layout.rows * layout.columns);
        stored.dense.unpack(this.#view(denseGradient, layout.bytes), values);
        return [layout.name, values];
      }),
    );
  }

  /** The masks that hold now. */
  get masks(): Masks {
    const masked = this.#stored.filter(({ mask }) => mask !== undefined);
    return Object.fromEntries(masked.map(({ parameter, mask }) => [parameter.layout.name, mask!]));
  }

  /** Whether some layer computes with its living weights only. */
  get hasSparse(): boolean {
    return this.#stored.some(({ storage, dense }) => storage !== dense);
  }

  /** Zeroes what the masks prune, and from now on keeps it zero. @param arrays what there is to keep besides. */
  setMasks(masks: Masks, arrays: readonly ParameterArray[]): void {
    for (const stored of this.#stored) {
      const mask = masks[stored.parameter.layout.name];
      if (mask === undefined && stored.mask === undefined) continue;
      const values = arrays.map((array) => [array, this.#readOne(stored, array)] as const);
      this.#choose(stored, mask);
      for (const [array, kept] of values) this.#writeOne(stored, array, kept);
    }
    this.#writeTable();
  }

  /** Stores a parameter by its mask: on living weights only where that is faster and there is room. */
  #choose(stored: Stored, mask: Uint8Array | undefined): void {
    const { layout, mask: maskAddress, sparse } = stored.parameter;
    stored.mask = mask?.slice();
    stored.storage = stored.dense;
    if (mask !== undefined && maskAddress !== 0) {
      packMask(layout, mask, new Int32Array(this.#memory, maskAddress, layout.bytes / 4));
    }
    if (sparse === null) return;
    if (mask !== undefined) {
      const index = buildSparseIndex(layout, mask);
      const storage = sparseStorage(index);
      const weights = Math.max(index.places.length, index.order.length);
      if (weights <= sparse.capacity && storage.bytes <= layout.bytes) {
        stored.storage = storage;
        this.#writeIndex(sparse, index);
      }
    }
    for (const program of [this.#plan.taped, this.#plan.inference]) {
      setSparse(this.#memory, program.addressOf(layout.layer), stored.storage !== stored.dense);
    }
  }

  #writeIndex(sparse: PlannedSparse, index: SparseIndex): void {
    for (const array of ['starts', 'ends', 'offsets', 'rowStarts', 'rowOffsets', 'order'] as const) {
      if (sparse[array] !== 0) new Int32Array(this.#memory, sparse[array], index[array].length).set(index[array]);
    }
  }

  #readOne({ parameter, storage }: Stored, array: ParameterArray): Float32Array {
    const { rows, columns } = parameter.layout;
    const values = new Float32Array(rows * columns);
    storage.unpack(this.#view(parameter[array], storage.bytes), values);
    return values;
  }

  #writeOne({ parameter, dense, storage, mask }: Stored, array: ParameterArray, values: Float32Array): void {
    const whole = mask === undefined || array === 'gradient' || storage !== dense;
    storage.pack(whole ? values : silenced(values, mask), this.#view(parameter[array], storage.bytes));
  }

  #view(address: number, bytes: number): Float32Array {
    return new Float32Array(this.#memory, address, bytes / 4);
  }

  /** What the optimizers walk: a sparse parameter needs no mask. */
  #writeTable(): void {
    this.#stored.forEach(({ parameter, storage, dense, mask }, i) => {
      const { w, gradient, m, v } = parameter;
      const record = new Int32Array(this.#memory, this.#plan.parameterTable + i * PARAMETER_RECORD_BYTES, 6);
      const silent = mask === undefined || storage !== dense ? 0 : parameter.mask;
      record.set([w, gradient, m, v, storage.bytes, silent]);
    });
  }
}
