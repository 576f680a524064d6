// TensorBoard's event files: TFRecords of `Event` messages (tensorflow/core/util/event.proto), one per point.
import { maskedCrc32c } from './crc32c.ts';

const utf8 = new TextEncoder();

/** Keys of the fields: number · 8 + wire type. */
const WALL_TIME = 0x09; // double
const STEP = 0x10; // int64
const FILE_VERSION = 0x1a; // string
const SUMMARY = 0x2a; // message
const SUMMARY_VALUE = 0x0a; // message, in the summary
const TAG = 0x0a; // string, in the value
const SIMPLE_VALUE = 0x15; // float, in the value

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

const delimited = (key: number, content: ArrayLike<number>): number[] => [
  key,
  ...varint(content.length),
  ...Array.from(content),
];

function double(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return bytes;
}

function float(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return bytes;
}

/** Length (u64), its checksum, the bytes, their checksum. */
function record(content: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(content.length + 16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length, true);
  view.setUint32(8, maskedCrc32c(bytes.subarray(0, 8)), true);
  bytes.set(content, 12);
  view.setUint32(12 + content.length, maskedCrc32c(bytes.subarray(12, 12 + content.length)), true);
  return bytes;
}

/** What a file begins with. @param seconds since 1970 */
export function fileHeader(seconds: number): Uint8Array {
  return record([WALL_TIME, ...double(seconds), ...delimited(FILE_VERSION, utf8.encode('brain.Event:2'))]);
}

export interface ScalarEvent {
  /** Since 1970. */
  readonly seconds: number;
  readonly step: number;
  readonly tag: string;
  readonly value: number;
}

/** proto3 leaves out a step of 0. */
export function scalarRecord({ seconds, step, tag, value }: ScalarEvent): Uint8Array {
  const point = [...delimited(TAG, utf8.encode(tag)), SIMPLE_VALUE, ...float(value)];
  const summary = delimited(SUMMARY_VALUE, point);
  const position = step === 0 ? [] : [STEP, ...varint(step)];
  return record([WALL_TIME, ...double(seconds), ...position, ...delimited(SUMMARY, summary)]);
}
