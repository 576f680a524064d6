// Programs that the kernels interpret: one record per layer, 32-bit words in the field order of assembly/records.ts.
import type { Activation } from '../../../contract/network.ts';

/** RECORD_BYTES of assembly/records.ts, in words. */
const RECORD_WORDS = 64;

const CODES = { input: 1, dense: 2, convolution: 3, maxPool: 4, output: 5, dueling: 6 } as const;

/** Field order of each record, after its kind. */
const FIELDS = {
  input: ['source', 'y', 'yStride', 'size', 'scale', 'mean', 'inverse', 'clip'],
  dense: [
    ...['x', 'xStride', 'rows', 'w', 'wStride', 'bias', 'y', 'yStride', 'units', 'activation'],
    ...['dw', 'dbias', 'dy', 'dx', 'accumulate', 'scratch'],
  ],
  convolution: [
    ...['x', 'xStride', 'height', 'width', 'channels', 'kernelHeight', 'kernelWidth', 'strideY', 'strideX'],
    ...['outHeight', 'outWidth', 'filters', 'w', 'wStride', 'bias', 'y', 'yStride', 'activation'],
    ...['dw', 'dbias', 'dy', 'dx', 'accumulate', 'scratch'],
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

/** A list of records under construction. */
export class Program {
  readonly #records: { readonly kind: Kind; readonly fields: Readonly<Record<string, number>> }[] = [];

  add<K extends Kind>(kind: K, fields: RecordFields<K>): void {
    this.#records.push({ kind, fields });
  }

  get length(): number {
    return this.#records.length;
  }

  get bytes(): number {
    return this.length * RECORD_WORDS * 4;
  }

  /** @param address where in `memory` the kernels will look for it. */
  writeTo(memory: ArrayBuffer, address: number): void {
    this.#records.forEach(({ kind, fields }, i) => {
      const view = new DataView(memory, address + i * RECORD_WORDS * 4);
      view.setInt32(0, CODES[kind], true);
      FIELDS[kind].forEach((field, at) => {
        const value = fields[field]!;
        if (FLOATS.has(field)) view.setFloat32(4 + 4 * at, value, true);
        else view.setInt32(4 + 4 * at, value, true);
      });
    });
  }
}
