// The safetensors format (huggingface/safetensors, format.md): u64 length | JSON header | contiguous row-major data.
import { z } from 'zod';
import { parseStrictJson } from '../strict-json.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { MalformedSafetensorsError, SafetensorsTooLargeError, TruncatedSafetensorsError } from './errors.ts';

export const SAFETENSORS_LIMITS = { headerBytes: 100_000_000, tensors: 10_000, rank: 8 };

const ITEM_BYTES = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 } as const;
export type SafetensorsDtype = keyof typeof ITEM_BYTES;

export interface SafeTensor {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly data: Uint8Array;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const countSchema = z.int().min(0);
const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(ITEM_BYTES) as [SafetensorsDtype, ...SafetensorsDtype[]]),
  shape: z.array(countSchema).max(SAFETENSORS_LIMITS.rank),
  data_offsets: z.tuple([countSchema, countSchema]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());
type Entry = z.infer<typeof entrySchema>;

const PREFIX = 8;

/** Where the data begins; the header is before it. */
function findData(bytes: Uint8Array, file: string): number {
  if (bytes.length < PREFIX) throw new TruncatedSafetensorsError(file, `it has ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > SAFETENSORS_LIMITS.headerBytes) {
    throw new SafetensorsTooLargeError(file, `a header of ${length} bytes`);
  }
  if (PREFIX + length > bytes.length) {
    throw new TruncatedSafetensorsError(file, `a header of ${length} bytes in a file of ${bytes.length}`);
  }
  return PREFIX + length;
}

function parseHeader(
  header: Uint8Array,
  file: string,
): { entries: [string, Entry][]; metadata: Record<string, string> } {
  const text = decodeUtf8(header);
  if (text?.startsWith('{') !== true) throw new MalformedSafetensorsError(file, 'its header is not a JSON object');
  const parsed = parseStrictJson(text);
  if ('problem' in parsed) throw new MalformedSafetensorsError(file, `its header: ${parsed.problem}`);
  const { __metadata__: metadata = {}, ...tensors } = headerSchema.parse(parsed.value);
  const names = Object.keys(tensors);
  if (names.length > SAFETENSORS_LIMITS.tensors) throw new SafetensorsTooLargeError(file, `${names.length} tensors`);
  const entries = names.map((name): [string, Entry] => {
    const entry = entrySchema.safeParse(tensors[name]);
    if (!entry.success) throw new MalformedSafetensorsError(file, `tensor "${name}" is not described as it should be`);
    return [name, entry.data];
  });
  const texts = metadataSchema.safeParse(metadata);
  if (!texts.success) throw new MalformedSafetensorsError(file, 'its metadata are not all text');
  return { entries, metadata: texts.data };
}

/** Tensors must follow each other without gap or overlap, from the first byte to the last. */
function checkOffsets(entries: readonly [string, Entry][], dataBytes: number, file: string): void {
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of entries.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  )) {
    const bytes = shape.reduce((product, size) => product * size, ITEM_BYTES[dtype]);
    if (offsets[0] !== end || offsets[1] - offsets[0] !== bytes) {
      throw new MalformedSafetensorsError(
        file,
        `tensor "${name}" of ${bytes} bytes lies at ${offsets.join('–')}, expected from ${end}`,
      );
    }
    end = offsets[1];
  }
  if (end > dataBytes) throw new TruncatedSafetensorsError(file, `${dataBytes} bytes of data where ${end} are needed`);
  if (end < dataBytes) throw new MalformedSafetensorsError(file, `${dataBytes - end} bytes belong to no tensor`);
}

/** Whether the bytes begin as a safetensors file does. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > PREFIX && bytes[PREFIX] === 0x7b && bytes[4] === 0 && bytes[5] === 0 && bytes[6] === 0;
}

/**
 * The tensors of a file, as views of its bytes.
 * @throws TruncatedSafetensorsError, MalformedSafetensorsError, SafetensorsTooLargeError
 */
export function readSafetensors({ bytes, file }: { bytes: Uint8Array; file: string }): SafetensorsFile {
  const start = findData(bytes, file);
  const { entries, metadata } = parseHeader(bytes.subarray(PREFIX, start), file);
  checkOffsets(entries, bytes.length - start, file);
  const tensors = entries.map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]): [string, SafeTensor] => [name, { dtype, shape, data: bytes.subarray(start + from, start + to) }],
  );
  return { tensors: new Map(tensors), metadata };
}

/** The bytes of a file; equal input gives equal bytes. Data is aligned to 8 bytes, as the format recommends. */
export function writeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array {
  let end = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [name, { dtype, shape, data }] of tensors) {
    header[name] = { dtype, shape, data_offsets: [end, end + data.length] };
    end += data.length;
  }
  const text = encodeUtf8(JSON.stringify(header));
  const start = Math.ceil((PREFIX + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + end);
  bytes.fill(0x20, PREFIX, start);
  bytes.set(text, PREFIX);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - PREFIX), true);
  let at = start;
  for (const { data } of tensors.values()) {
    bytes.set(data, at);
    at += data.length;
  }
  return bytes;
}
