// Programs that the kernels interpret: one record per layer, 32-bit words in the field order of assembly/records.ts.
import type { Activation } from '../../../contract/network.ts';

/** As in assembly/records.ts. */
export const RECORD_BYTES = 256;

const CODES = { input: 1, dense: 2, convolution: 3, maxPool: 4, output: 5, dueling: 6, sparse: 7 } as const;

/** Field order of each record, after its kind. */
const FIELDS = {
  input: ['source', 'y', 'yStride', 'size', 'scale', 'mean', 'inverse', 'clip'],
  dense: [
    ...['x', 'xStride', 'rows', 'w', 'wStride', 'bias', 'y', 'yStride', 'units', 'activation'],
    ...['dw', 'dbias', 'dy', 'dx', 'accumulate', 'scratch', 'lists'],
    ...['starts', 'ends', 'offsets', 'rowStarts', 'rowOffsets', 'order', 'rowValues'],
  ],
  convolution: [
    ...['x', 'xStride', 'height', 'width', 'channels', 'kernelHeight', 'kernelWidth', 'strideY', 'strideX'],
    ...['outHeight', 'outWidth', 'filters', 'w', 'wStride', 'bias', 'y', 'yStride', 'activation'],
    ...['dw', 'dbias', 'dy', 'dx', 'accumulate', 'scratch', 'lists'],
    ...['padTop', 'padLeft', 'padded', 'paddedStride', 'paddedHeight', 'paddedWidth'],
  ],
  maxPool: [
    ...['x', 'xStride', 'height', 'width', 'channels', 'poolHeight', 'poolWidth', 'strideY', 'strideX'],
    ...['outHeight', 'outWidth', 'y', 'yStride', 'padTop', 'padLeft', 'argmax', 'dy', 'dx', 'accumulate'],
  ],
  output: ['y', 'yStride', 'size', 'output', 'outputSize', 'offset', 'outputGradient', 'dy', 'accumulate'],
  dueling: [
    ...['value', 'valueStride', 'advantage', 'advantageStride', 'output', 'actions'],
    ...['outputGradient', 'dvalue', 'dadvantage'],
  ],
} as const;

/** Fields that are float32; all others are integers. */
const FLOATS: ReadonlySet<string> = new Set(['scale', 'clip']);

const ACTIVATIONS: Readonly<Record<Activation, number>> = { linear: 0, relu: 1, tanh: 2, sigmoid: 3, elu: 4 };

export const activationCode = (activation: Activation): number => ACTIVATIONS[activation];

type Kind = keyof typeof FIELDS;
export type RecordFields<K extends Kind> = Readonly<Record<(typeof FIELDS)[K][number], number>>;

/** Switches a dense layer between all of its weights and those that live. @param record its address */
export function setSparse(memory: ArrayBuffer, record: number, sparse: boolean): void {
  new DataView(memory).setInt32(record, sparse ? CODES.sparse : CODES.dense, true);
}

/** A list of records at a place in memory that is still to be made. */
export class Program {
  readonly address: number;
  readonly #records: { readonly kind: Kind; readonly fields: Readonly<Record<string, number>> }[] = [];

  readonly #addresses = new Map<string, number>();

  constructor(address: number) {
    this.address = address;
  }

  get length(): number {
    return this.#records.length;
  }

  /** @param layer that the record stands for; null for the network's ends. */
  add<K extends Kind>(kind: K, layer: string | null, fields: RecordFields<K>): void {
    if (layer !== null) this.#addresses.set(layer, this.address + this.length * RECORD_BYTES);
    this.#records.push({ kind, fields });
  }

  /** Where the record of a layer is. */
  addressOf(layer: string): number {
    return this.#addresses.get(layer)!;
  }

  writeTo(memory: ArrayBuffer): void {
    this.#records.forEach(({ kind, fields }, i) => {
      const view = new DataView(memory, this.address + i * RECORD_BYTES);
      view.setInt32(0, CODES[kind], true);
      FIELDS[kind].forEach((field, at) => {
        const value = fields[field]!;
        if (FLOATS.has(field)) view.setFloat32(4 + 4 * at, value, true);
        else view.setInt32(4 + 4 * at, value, true);
      });
    });
  }
}
