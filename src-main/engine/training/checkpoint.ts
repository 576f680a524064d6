// A checkpoint: everything that a run needs to go on byte for byte, as one array of bytes.
import { z } from 'zod';
import { SecateurError } from '../../contract/secateur-error.ts';
import {
  ForeignStateError,
  joinStates,
  partOf,
  type Resumable,
  type SavedState,
  type StateArray,
} from '../agents/saved-state.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/utf8.ts';
import { crc32 } from '../formats/zip/crc32.ts';

/** Bytes that are no checkpoint, or not all of one, or changed since they were written. */
export class DamagedCheckpointError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(problem: string) {
    super(`the checkpoint is damaged: ${problem}`, 'Resume from the checkpoint before it, or start the run again.');
  }
}

const MAGIC = encodeUtf8('SECATEUR CHECKPOINT 1\n');
/** Of the checksum and of the header's length, both u32. */
const CHECKSUM_AT = MAGIC.length;
const LENGTH_AT = CHECKSUM_AT + 4;
const HEADER_AT = LENGTH_AT + 4;

const ARRAY_TYPES = { Float32Array, Float64Array, Int32Array, Uint8Array };
const headerSchema = z.strictObject({
  values: z.json(),
  /** In the order in which they follow the header, without gaps. */
  arrays: z
    .array(
      z.strictObject({
        name: z.string(),
        type: z.enum(['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array']),
        length: z.int().min(0),
      }),
    )
    .readonly(),
});
type ArrayHeader = z.infer<typeof headerSchema>['arrays'][number];

function headerOf([name, array]: readonly [string, StateArray]): ArrayHeader {
  const { length } = array;
  if (array instanceof Float32Array) return { name, type: 'Float32Array', length };
  if (array instanceof Float64Array) return { name, type: 'Float64Array', length };
  return { name, type: array instanceof Int32Array ? 'Int32Array' : 'Uint8Array', length };
}

/** Magic, CRC-32 of what follows it, length of the header, header as JSON, arrays. Little-endian. */
export function encodeState({ values, arrays }: SavedState): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(arrays);
  const header = encodeUtf8(JSON.stringify({ values, arrays: entries.map(headerOf) }));
  const size = entries.reduce((total, [, array]) => total + array.byteLength, HEADER_AT + header.length);
  const bytes = new Uint8Array(size);
  bytes.set(MAGIC);
  bytes.set(header, HEADER_AT);
  let offset = HEADER_AT + header.length;
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += array.byteLength;
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(LENGTH_AT, header.length, true);
  view.setUint32(CHECKSUM_AT, crc32(bytes.subarray(LENGTH_AT)), true);
  return bytes;
}

/**
 * Copies; the bytes may be reused.
 * @throws DamagedCheckpointError
 */
export function decodeState(bytes: Uint8Array): SavedState {
  if (bytes.length < HEADER_AT || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new DamagedCheckpointError(`it has ${bytes.length} bytes and does not begin as checkpoints do`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(CHECKSUM_AT, true) !== crc32(bytes.subarray(LENGTH_AT))) {
    throw new DamagedCheckpointError('its checksum does not match; it was cut off or changed');
  }
  const end = HEADER_AT + view.getUint32(LENGTH_AT, true);
  const json = decodeUtf8(bytes.subarray(HEADER_AT, end)) ?? '';
  const header = headerSchema.parse(JSON.parse(json)); // the checksum vouches for the text
  const arrays: Record<string, StateArray> = {};
  let offset = end;
  for (const { name, type, length } of header.arrays) {
    const size = length * ARRAY_TYPES[type].BYTES_PER_ELEMENT;
    arrays[name] = new ARRAY_TYPES[type](bytes.slice(offset, offset + size).buffer);
    offset += size;
  }
  return { values: header.values, arrays };
}

/** Saves all parts of a run by name: its loop, its agent, observers that remember something. */
export function takeCheckpoint(parts: Readonly<Record<string, Resumable>>): Uint8Array<ArrayBuffer> {
  const states = Object.entries(parts).map(([name, part]) => [name, part.saveState()] as const);
  return encodeState(joinStates(Object.fromEntries(states)));
}

/**
 * Loads a checkpoint into parts that were made anew with the run's settings.
 * @throws DamagedCheckpointError
 * @throws ForeignStateError
 */
export function resumeFrom(bytes: Uint8Array, parts: Readonly<Record<string, Resumable>>): void {
  const state = decodeState(bytes);
  for (const [name, part] of Object.entries(parts)) {
    try {
      part.loadState(partOf(state, name));
    } catch (error) {
      // The checksum vouches for the bytes: what has another form is of something else.
      if (error instanceof z.ZodError) throw new ForeignStateError(name, 'has another form than that of this run');
      throw error;
    }
  }
}
