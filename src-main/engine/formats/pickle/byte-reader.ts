// A cursor over the bytes of a pickle that never reads beyond them.
import { decodeUtf8 } from '../utf8.ts';
import { MalformedPickleError } from './errors.ts';

export class ByteReader {
  readonly file: string;
  offset = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, file: string) {
    this.file = file;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #advance(length: number): number {
    if (length > this.#bytes.length - this.offset) {
      throw new MalformedPickleError(this.file, `it ends at byte ${this.#bytes.length}, in the middle of something`);
    }
    this.offset += length;
    return this.offset - length;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Pickle's one big-endian number. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    const text = decodeUtf8(this.bytes(length));
    if (text === null) throw new MalformedPickleError(this.file, `the text before byte ${this.offset} is not UTF-8`);
    return text;
  }

  /** Up to the next line feed, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.offset);
    const text = this.text((end < 0 ? this.#bytes.length : end) - this.offset);
    this.#advance(1);
    return text;
  }

  /** A little-endian two's-complement integer; a bigint beyond the safe range. */
  integer(length: number): number | bigint {
    const bytes = this.bytes(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
    if (length > 0 && bytes[length - 1]! >= 0x80) value -= 1n << BigInt(8 * length);
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }
}
