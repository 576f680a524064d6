import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ForeignGlobalError } from '../../../../src-main/engine/formats/pickle/errors.ts';
import {
  MalformedTorchError,
  TorchTooLargeError,
  UnsupportedTensorError,
} from '../../../../src-main/engine/formats/torch/errors.ts';
import { readTorch } from '../../../../src-main/engine/formats/torch/read-torch.ts';
import { float16ToNumber } from '../../../../src-main/engine/formats/torch/storage-types.ts';
import { fixture, fixtureJson, thrownBy } from '../fixtures.ts';
import * as pickle from '../pickle-writer.ts';

const { name: file, bytes } = fixture('tensors.pth');

describe('tensors that torch.save wrote', () => {
  const expected = fixtureJson('tensors.json') as Record<string, { shape: number[]; values: (number | string)[] }>;
  const tensors = readTorch({ bytes, file });

  it.each(Object.keys(expected))('%s', (name) => {
    const { shape, values } = expected[name]!;
    const tensor = tensors.get(name)!;
    expect(tensor.shape).toEqual(shape);
    const numbers = values.map((value) =>
      Math.fround(Number(value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value)),
    );
    expect(Array.from(tensor.values)).toEqual(numbers);
  });

  it('come in their order, with the type they were stored in', () => {
    expect([...tensors.keys()]).toEqual(Object.keys(expected));
    expect(tensors.get('bfloat16')!.dtype).toBe('bfloat16');
    expect(tensors.get('bool')!.dtype).toBe('bool');
  });
});

it('reads every half-precision number as the language itself does', () => {
  const bits = new Uint16Array(1);
  const language = new DataView(bits.buffer) as DataView & {
    getFloat16(offset: number, littleEndian: boolean): number;
  };
  const wrong: number[] = [];
  for (let pattern = 0; pattern <= 0xffff; pattern++) {
    bits[0] = pattern;
    if (!Object.is(float16ToNumber(pattern), language.getFloat16(0, true))) wrong.push(pattern);
  }
  expect(wrong).toEqual([]);
});

interface Claim {
  offset?: number;
  shape?: number[];
  stride?: number[];
  length?: number;
  storage?: string;
  byteOrder?: string;
}

/** A state dict with one tensor `w` over a storage of six float32, claiming what it is told to. */
function archiveOf(claim: Claim): Uint8Array {
  const { offset = 0, shape = [2, 3], stride = [3, 1], length = 6, storage = 'FloatStorage' } = claim;
  const reference = pickle.persistent(pickle.tuple('storage', pickle.global('torch', storage), '0', 'cpu', length));
  const tensor = pickle.reduce(
    pickle.global('torch._utils', '_rebuild_tensor_v2'),
    pickle.tuple(reference, offset, pickle.tuple(...shape), pickle.tuple(...stride), false, pickle.emptyDict),
  );
  return zipSync({
    'archive/data.pkl': pickle.dump(pickle.dict(['w', tensor])),
    'archive/byteorder': strToU8(claim.byteOrder ?? 'little'),
    'archive/data/0': new Uint8Array(new Float32Array([0, 1, 2, 3, 4, 5]).buffer),
  });
}

const read = (claim: Claim): number[] =>
  Array.from(readTorch({ bytes: archiveOf(claim), file: 'w.pth' }).get('w')!.values);

describe('tensors made by hand', () => {
  it.each<[string, Claim, number[]]>([
    ['row-major', {}, [0, 1, 2, 3, 4, 5]],
    ['transposed', { shape: [3, 2], stride: [1, 3] }, [0, 3, 1, 4, 2, 5]],
    ['a view', { offset: 1, shape: [2, 2], stride: [3, 1] }, [1, 2, 4, 5]],
    ['expanded', { shape: [2, 3], stride: [0, 2] }, [0, 2, 4, 0, 2, 4]],
    ['a scalar', { offset: 5, shape: [], stride: [] }, [5]],
    ['empty', { shape: [0, 3], stride: [3, 1] }, []],
  ])('%s', (_, claim, values) => {
    expect(read(claim)).toEqual(values);
  });

  it.each<[string, Claim, abstract new (...args: never[]) => Error]>([
    ['an offset beyond the storage', { offset: 6 }, MalformedTorchError],
    ['a negative offset', { offset: -1 }, MalformedTorchError],
    ['strides that leave the storage', { stride: [4, 1] }, MalformedTorchError],
    ['a negative stride', { stride: [-3, 1] }, MalformedTorchError],
    ['as many strides as dimensions', { stride: [1] }, MalformedTorchError],
    ['a storage longer than its bytes', { length: 7 }, MalformedTorchError],
    ['a negative length', { length: -1 }, MalformedTorchError],
    ['more elements than memory', { shape: [30000, 30000], stride: [0, 0] }, TorchTooLargeError],
    [
      'a rank of nine',
      { shape: Array(9).fill(1) as number[], stride: Array(9).fill(1) as number[] },
      TorchTooLargeError,
    ],
    ['another byte order', { byteOrder: 'big' }, UnsupportedTensorError],
    ['a storage of an unknown type', { storage: 'QInt8Storage' }, ForeignGlobalError],
  ])('%s is refused', (_, claim, type) => {
    expect(thrownBy(() => read(claim))).toBeInstanceOf(type);
  });
});
