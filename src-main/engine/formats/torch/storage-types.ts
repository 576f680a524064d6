// The typed storages of PyTorch and how their elements are read.

export interface StorageType {
  readonly dtype: string;
  readonly size: number;
  read(view: DataView, offset: number): number;
}

/** IEEE 754 binary16. */
export function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a binary32. */
export function bfloat16ToNumber(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** Name in the pickle → element type, little-endian. */
export const STORAGE_TYPES: ReadonlyMap<string, StorageType> = new Map<string, StorageType>([
  ['torch.FloatStorage', { dtype: 'float32', size: 4, read: (view, at) => view.getFloat32(at, true) }],
  ['torch.DoubleStorage', { dtype: 'float64', size: 8, read: (view, at) => view.getFloat64(at, true) }],
  ['torch.HalfStorage', { dtype: 'float16', size: 2, read: (view, at) => float16ToNumber(view.getUint16(at, true)) }],
  [
    'torch.BFloat16Storage',
    { dtype: 'bfloat16', size: 2, read: (view, at) => bfloat16ToNumber(view.getUint16(at, true)) },
  ],
  ['torch.LongStorage', { dtype: 'int64', size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }],
  ['torch.IntStorage', { dtype: 'int32', size: 4, read: (view, at) => view.getInt32(at, true) }],
  ['torch.ShortStorage', { dtype: 'int16', size: 2, read: (view, at) => view.getInt16(at, true) }],
  ['torch.CharStorage', { dtype: 'int8', size: 1, read: (view, at) => view.getInt8(at) }],
  ['torch.ByteStorage', { dtype: 'uint8', size: 1, read: (view, at) => view.getUint8(at) }],
  ['torch.BoolStorage', { dtype: 'bool', size: 1, read: (view, at) => view.getUint8(at) }],
]);
