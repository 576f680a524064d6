// NumPy arrays and scalars inside pickles: their names for the allowlist, and their numbers.
import { MalformedPickleError } from './errors.ts';
import { PickleInstance, PickleTuple, type PickleValue } from './values.ts';

/** NumPy 2 renamed `numpy.core` to `numpy._core`; files of both are around. */
const inEitherCore = (name: string): string[] => [`numpy.core.${name}`, `numpy._core.${name}`];

const RECONSTRUCT = inEitherCore('multiarray._reconstruct');
const SCALAR = inEitherCore('multiarray.scalar');
const FROM_BUFFER = inEitherCore('numeric._frombuffer');

export const NUMPY_GLOBALS: readonly string[] = [
  'numpy.dtype',
  'numpy.ndarray',
  ...RECONSTRUCT,
  ...SCALAR,
  ...FROM_BUFFER,
];

export interface NumpyArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: readonly number[];
}

const READERS: Readonly<Record<string, { size: number; read(view: DataView, at: number, little: boolean): number }>> = {
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
};

/** The numbers of a buffer, by a pickled dtype such as dtype('f8') with the state (3, '<', …). */
function readBuffer(dtype: PickleValue | undefined, data: PickleValue | undefined, file: string): number[] {
  const code = dtype instanceof PickleInstance && dtype.global === 'numpy.dtype' ? dtype.args[0] : undefined;
  const reader = typeof code === 'string' && Object.hasOwn(READERS, code) ? READERS[code] : undefined;
  if (reader === undefined || !(dtype instanceof PickleInstance) || !(data instanceof Uint8Array)) {
    throw new MalformedPickleError(file, `an array of type ${typeof code === 'string' ? code : 'unknown'}`);
  }
  const little = !(dtype.state instanceof PickleTuple && dtype.state.items[1] === '>');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const length = Math.floor(data.length / reader.size);
  return Array.from({ length }, (_, i) => reader.read(view, i * reader.size, little));
}

function checkShape(shape: PickleValue | undefined, values: readonly number[], file: string): NumpyArray {
  const dimensions = shape instanceof PickleTuple ? shape.items : [];
  const sizes = dimensions.filter((size) => typeof size === 'number');
  if (!(shape instanceof PickleTuple) || sizes.reduce((product, size) => product * size, 1) !== values.length) {
    throw new MalformedPickleError(file, `an array of ${values.length} values does not fill its shape`);
  }
  return { shape: sizes, values };
}

/**
 * A pickled ndarray of numbers. Fortran order is refused unless it is the same as C order.
 * @throws MalformedPickleError
 */
export function readNumpyArray(value: PickleValue | undefined, file: string): NumpyArray {
  if (value instanceof PickleInstance && RECONSTRUCT.includes(value.global) && value.state instanceof PickleTuple) {
    const [, shape, dtype, fortran, data] = value.state.items;
    const array = checkShape(shape, readBuffer(dtype, data, file), file);
    if (fortran !== true || array.shape.length <= 1) return array;
  }
  if (value instanceof PickleInstance && FROM_BUFFER.includes(value.global)) {
    const [data, dtype, shape, order] = value.args;
    const array = checkShape(shape, readBuffer(dtype, data, file), file);
    if (order !== 'F' || array.shape.length <= 1) return array;
  }
  throw new MalformedPickleError(file, 'an array is not as NumPy writes it');
}

/**
 * A Python or NumPy number.
 * @throws MalformedPickleError
 */
export function readNumber(value: PickleValue | undefined, file: string): number {
  if (typeof value === 'number') return value;
  if (value instanceof PickleInstance && SCALAR.includes(value.global)) {
    const [number] = readBuffer(value.args[0], value.args[1], file);
    if (number !== undefined) return number;
  }
  throw new MalformedPickleError(file, 'a number is not as NumPy writes it');
}
