// The wire encoding of Protocol Buffers, as far as an ONNX file needs it (protobuf.dev/programming-guides/encoding).
import { encodeUtf8 } from '../utf8.ts';

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** One message in the making; fields are written in the order of the calls. */
export class ProtobufMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  #append(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }

  #appendVarint(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    while (rest >= 0x80) {
      bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.#append(Uint8Array.of(...bytes, rest));
  }

  /** A whole number from 0 to 2⁵³. */
  integer(field: number, value: number): this {
    return this.#appendVarint(field * 8 + VARINT).#appendVarint(value);
  }

  integers(field: number, values: readonly number[]): this {
    for (const value of values) this.integer(field, value);
    return this;
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#appendVarint(field * 8 + FIXED_32).#append(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#appendVarint(field * 8 + LENGTH_DELIMITED)
      .#appendVarint(value.length)
      .#append(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encodeUtf8(value));
  }

  message(field: number, value: ProtobufMessage): this {
    this.#appendVarint(field * 8 + LENGTH_DELIMITED).#appendVarint(value.#length);
    for (const chunk of value.#chunks) this.#append(chunk);
    return this;
  }

  messages(field: number, values: readonly ProtobufMessage[]): this {
    for (const value of values) this.message(field, value);
    return this;
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}
