// Arrays as NumPy saves them: a magic string, a header that is a Python literal, and the numbers (NEP 1).
import { decodeUtf8 } from '../utf8.ts';
import {
  FortranOrderError,
  MalformedObservationsError,
  NonFiniteObservationError,
  ObservationShapeError,
  ObservationTypeError,
  TruncatedObservationsError,
} from './errors.ts';
import type { ObservationsFile, ReadObservations } from './observations.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A header names a type and a few dimensions. */
const LONGEST_HEADER = 65_536;
const MOST_DIMENSIONS = 8;

export const isNpy = ({ bytes }: ObservationsFile): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

interface NumberReader {
  readonly type: string;
  readonly size: number;
  read(view: DataView, at: number): number;
}

const READERS: ReadonlyMap<string, NumberReader> = new Map([
  ['<f4', { type: 'float32', size: 4, read: (view, at) => view.getFloat32(at, true) }],
  ['>f4', { type: 'float32', size: 4, read: (view, at) => view.getFloat32(at, false) }],
  ['<f8', { type: 'float64', size: 8, read: (view, at) => view.getFloat64(at, true) }],
  ['>f8', { type: 'float64', size: 8, read: (view, at) => view.getFloat64(at, false) }],
  ['|u1', { type: 'uint8', size: 1, read: (view, at) => view.getUint8(at) }],
]);

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly end: number;
}

/** One entry of the dictionary, and what separates it from the next. Lists are types of records, and refused as such. */
const ENTRY = /\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\([\d,\s]*\)|\[[^{}]*\])\s*(?:,|(?=\}))/y;

function entriesOf(text: string, file: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const body = text.trim();
  ENTRY.lastIndex = 1;
  while (body.startsWith('{')) {
    const end = ENTRY.lastIndex;
    const match = ENTRY.exec(body);
    if (match === null) {
      if (body.slice(end).trim() !== '}') break;
      return entries;
    }
    if (entries.has(match[1]!)) break;
    entries.set(match[1]!, match[2]!);
  }
  throw new MalformedObservationsError(file, 'its header is not one of NumPy');
}

function shapeOf(literal: string, file: string): number[] {
  const sizes = literal
    .slice(1, -1)
    .split(',')
    .map((size) => size.trim());
  if (sizes.at(-1) === '') sizes.pop();
  const shape = sizes.map((size) => (/^\d+$/.test(size) ? Number(size) : NaN));
  if (shape.length > MOST_DIMENSIONS || !shape.every(Number.isSafeInteger)) {
    throw new MalformedObservationsError(file, `its shape is ${literal.slice(0, 60)}`);
  }
  return shape;
}

function readHeader({ name, bytes }: ObservationsFile): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  const lengthBytes = version === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (bytes.length < start) throw new TruncatedObservationsError(name, 'its header is incomplete');
  if (version === undefined || version < 1 || version > 3) {
    throw new MalformedObservationsError(
      name,
      `it is of version ${version ?? '?'} of the format, which nobody has written`,
    );
  }
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) throw new MalformedObservationsError(name, `its header is ${length} bytes long`);
  const end = start + length;
  if (bytes.length < end) throw new TruncatedObservationsError(name, 'its header is incomplete');
  const text = decodeUtf8(bytes.subarray(start, end));
  if (text === null) throw new MalformedObservationsError(name, 'its header is not text');
  const entries = entriesOf(text, name);
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => entries.get(key));
  if (descr === undefined || (order !== 'True' && order !== 'False') || shape?.startsWith('(') !== true) {
    throw new MalformedObservationsError(name, 'its header lacks the type, the order or the shape');
  }
  return { descr: descr.replaceAll("'", ''), fortranOrder: order === 'True', shape: shapeOf(shape, name), end };
}

/**
 * The rows of an array of float32, float64 or uint8 in C order; anything pickled is refused unread.
 * @param shape of one observation
 * @throws the errors of errors.ts
 */
export function readNpy(file: ObservationsFile, shape: readonly number[]): ReadObservations {
  const { name, bytes } = file;
  const header = readHeader(file);
  const reader = READERS.get(header.descr);
  if (reader === undefined) throw new ObservationTypeError(name, header.descr.slice(0, 60));
  // An array of one dimension is the same in either order, and says so.
  if (header.fortranOrder) throw new FortranOrderError(name);
  const [rows = 0, ...observation] = header.shape;
  if (observation.length !== shape.length || observation.some((size, i) => size !== shape[i])) {
    throw new ObservationShapeError({ file: name, found: `its array is [${header.shape.join(', ')}]`, shape });
  }
  const width = shape.reduce((product, size) => product * size, 1);
  const expected = rows * width * reader.size;
  const actual = bytes.length - header.end;
  if (actual < expected) {
    throw new TruncatedObservationsError(
      name,
      `[${header.shape.join(', ')}] takes ${expected} bytes, and ${actual} are there`,
    );
  }
  if (actual > expected) throw new MalformedObservationsError(name, `${actual - expected} bytes follow its array`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.end, expected);
  const values = new Float32Array(rows * width);
  for (let i = 0; i < values.length; i++) {
    const value = reader.read(view, i * reader.size);
    values[i] = value;
    if (!Number.isFinite(values[i])) {
      const [row, column] = [Math.floor(i / width) + 1, (i % width) + 1];
      throw new NonFiniteObservationError({ file: name, row, column, value: String(value) });
    }
  }
  return { rows, values, type: reader.type };
}
