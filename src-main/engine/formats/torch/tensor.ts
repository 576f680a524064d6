// One tensor of a PyTorch archive: storage, offset, shape and strides → row-major numbers, every bound checked.
import { PersistentReference, PickleGlobal, PickleInstance, PickleTuple, type PickleValue } from '../pickle/values.ts';
import type { ZipArchive } from '../zip/read-zip.ts';
import { MalformedTorchError, TorchTooLargeError, UnsupportedTensorError } from './errors.ts';
import { STORAGE_TYPES, type StorageType } from './storage-types.ts';

export const TENSOR_LIMITS = { rank: 8, tensors: 10_000, elements: 2 ** 27 };

export interface TorchTensor {
  readonly shape: readonly number[];
  /** PyTorch's name of the type it was stored in. */
  readonly dtype: string;
  /** Row-major; all types as the nearest float32. */
  readonly values: Float32Array;
}

interface Storage {
  readonly type: StorageType;
  readonly bytes: Uint8Array;
  readonly length: number;
}

function readStorage(options: { reference: PickleValue | undefined; archive: ZipArchive; root: string }): Storage {
  const { reference, archive, root } = options;
  const id = reference instanceof PersistentReference && reference.id instanceof PickleTuple ? reference.id.items : [];
  const [kind, global, key, , length] = id;
  const wellFormed = kind === 'storage' && global instanceof PickleGlobal && typeof key === 'string';
  if (!wellFormed || typeof length !== 'number') {
    throw new MalformedTorchError(archive.file, 'a tensor does not say where its numbers are');
  }
  const type = STORAGE_TYPES.get(global.name);
  if (type === undefined) throw new UnsupportedTensorError(archive.file, `numbers of type ${global.name}`);
  const bytes = archive.read(`${root}data/${key}`);
  if (!(length >= 0) || length * type.size > bytes.length) {
    throw new MalformedTorchError(archive.file, `storage "${key}" claims ${length} numbers in ${bytes.length} bytes`);
  }
  return { type, bytes, length };
}

function wholeNumbers(value: PickleValue | undefined, what: string, file: string): number[] {
  const items = value instanceof PickleTuple ? value.items : null;
  const numbers = items?.filter((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0);
  if (items === null || numbers?.length !== items.length) {
    throw new MalformedTorchError(file, `the ${what} of a tensor is not a list of whole numbers`);
  }
  if (items.length > TENSOR_LIMITS.rank) throw new TorchTooLargeError(file, `a tensor of rank ${items.length}`);
  return numbers as number[];
}

/** Elements in row-major order of the shape, wherever the strides lead; bounds were checked. */
function gather(options: { storage: Storage; offset: number; shape: number[]; strides: number[] }): Float32Array {
  const { storage, offset, shape, strides } = options;
  const view = new DataView(storage.bytes.buffer, storage.bytes.byteOffset, storage.bytes.byteLength);
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  let at = offset;
  for (let i = 0; i < values.length; i++) {
    values[i] = storage.type.read(view, at * storage.type.size);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return values;
}

/**
 * The tensor that `torch._utils._rebuild_tensor_v2` (inside a Parameter or not) would have rebuilt.
 * @param options.root the archive's folder, "archive/".
 * @param options.budget elements that may still be read.
 * @returns null when the value is not a tensor.
 * @throws MalformedTorchError, UnsupportedTensorError, TorchTooLargeError and the zip reader's errors
 */
export function readTensor(options: {
  value: PickleValue;
  archive: ZipArchive;
  root: string;
  budget: number;
}): TorchTensor | null {
  const { archive, root, budget } = options;
  const file = archive.file;
  let value = options.value;
  if (value instanceof PickleInstance && value.global === 'torch._utils._rebuild_parameter')
    value = value.args[0] ?? null;
  if (!(value instanceof PickleInstance) || value.global !== 'torch._utils._rebuild_tensor_v2') return null;
  const [reference, offset, size, stride] = value.args;
  const storage = readStorage({ reference, archive, root });
  const shape = wholeNumbers(size, 'shape', file);
  const strides = wholeNumbers(stride, 'stride', file);
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0 || strides.length !== shape.length) {
    throw new MalformedTorchError(file, 'offset, shape and strides of a tensor contradict each other');
  }
  if (elements > budget) throw new TorchTooLargeError(file, `more than ${TENSOR_LIMITS.elements} numbers`);
  const last = shape.reduce((at, dimension, axis) => at + (dimension - 1) * strides[axis]!, offset);
  if (elements > 0 && last >= storage.length) {
    throw new MalformedTorchError(file, `a tensor [${shape.join(', ')}] reaches beyond its ${storage.length} numbers`);
  }
  return { shape, dtype: storage.type.dtype, values: gather({ storage, offset, shape, strides }) };
}
