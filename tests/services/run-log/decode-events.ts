// Reads TensorBoard's event files with code that has nothing in common with what writes them.
import { crc32c } from '../../../src-main/services/run-log/crc32c.ts';
import type { ScalarEvent } from '../../../src-main/services/run-log/tensorboard.ts';

/** The checksum that a masked one hides. */
function unmasked(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

function recordsOf(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    const content = bytes.subarray(at + 12, at + 12 + length);
    if (unmasked(bytes.readUInt32LE(at + 8)) !== crc32c(bytes.subarray(at, at + 8))) throw new Error('length');
    if (unmasked(bytes.readUInt32LE(at + 12 + length)) !== crc32c(content)) throw new Error('content');
    records.push(content);
    at += length + 16;
  }
  return records;
}

/** Fields of a message by number; the wire types that events have. */
function fieldsOf(bytes: Buffer): Map<number, bigint | Buffer> {
  const fields = new Map<number, bigint | Buffer>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    if (![0, 1, 2, 5].includes(wire)) throw new Error(`wire type ${wire}`);
    const value = wire === 0 ? varint() : take(wire === 1 ? 8 : wire === 5 ? 4 : Number(varint()));
    fields.set(key >> 3, value);
  }
  return fields;
}

/** The scalars of a file, one in each event after the first. */
export function decodeEvents(bytes: Buffer): ScalarEvent[] {
  const [header, ...events] = recordsOf(bytes);
  if (String(fieldsOf(header!).get(3)) !== 'brain.Event:2') throw new Error('no event file');
  return events.map((event) => {
    const fields = fieldsOf(event);
    const value = fieldsOf(fieldsOf(fields.get(5) as Buffer).get(1) as Buffer);
    return {
      seconds: (fields.get(1) as Buffer).readDoubleLE(),
      step: Number(fields.get(2) ?? 0n),
      tag: (value.get(1) as Buffer).toString('utf8'),
      value: (value.get(2) as Buffer).readFloatLE(),
    };
  });
}
