// A torch.save archive of named tensors (a state dict) → tensors. Format: torch/serialization.py, PyTorch 1.6 and later.
import { readPickle } from '../pickle/read-pickle.ts';
import { PickleInstance, type PickleValue } from '../pickle/values.ts';
import { decodeUtf8 } from '../utf8.ts';
import { looksLikeZip, readZip, type ZipArchive } from '../zip/read-zip.ts';
import { MalformedTorchError, TorchTooLargeError, UnsupportedTensorError } from './errors.ts';
import { STORAGE_TYPES } from './storage-types.ts';
import { readTensor, TENSOR_LIMITS, type TorchTensor } from './tensor.ts';

const GLOBALS: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'torch.Size',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  ...STORAGE_TYPES.keys(),
]);

/** The folder that everything in the archive lies in; its name is that of the file once saved. */
function findRoot(archive: ZipArchive): string | null {
  const pickles = archive.names.filter((name) => /^([^/]+\/)?data\.pkl$/.test(name));
  return pickles.length === 1 ? pickles[0]!.slice(0, -'data.pkl'.length) : null;
}

/** Whether an archive is one that torch.save wrote. */
export function isTorchArchive(archive: ZipArchive): boolean {
  return findRoot(archive) !== null;
}

function entriesOf(value: PickleValue): ReadonlyMap<PickleValue, PickleValue> | null {
  if (value instanceof PickleInstance && value.global === 'collections.OrderedDict') return value.entries;
  return value instanceof Map ? value : null;
}

/**
 * The tensors of a state dict, by key, in its order.
 * @throws MalformedTorchError, UnsupportedTensorError, TorchTooLargeError, and the errors of zip/ and pickle/
 */
export function readTorch({ bytes, file }: { bytes: Uint8Array; file: string }): Map<string, TorchTensor> {
  if (!looksLikeZip(bytes))
    throw new MalformedTorchError(file, 'it is not an archive of torch.save, PyTorch 1.6 or later');
  const archive = readZip({ bytes, file });
  const root = findRoot(archive);
  if (root === null) throw new MalformedTorchError(file, 'it is not an archive of torch.save');
  const byteOrder = archive.has(`${root}byteorder`) ? decodeUtf8(archive.read(`${root}byteorder`)) : 'little';
  if (byteOrder !== 'little') throw new UnsupportedTensorError(file, `byte order ${JSON.stringify(byteOrder)}`);
  const entries = entriesOf(readPickle({ bytes: archive.read(`${root}data.pkl`), file, globals: GLOBALS }));
  if (entries === null) throw new MalformedTorchError(file, 'it holds something else than named tensors');
  if (entries.size > TENSOR_LIMITS.tensors) throw new TorchTooLargeError(file, `${entries.size} tensors`);
  const tensors = new Map<string, TorchTensor>();
  let budget = TENSOR_LIMITS.elements;
  for (const [key, value] of entries) {
    const tensor = readTensor({ value, archive, root, budget });
    if (typeof key !== 'string' || tensor === null) {
      throw new MalformedTorchError(file, `the entry ${typeof key === 'string' ? `"${key}"` : '?'} is not a tensor`);
    }
    budget -= tensor.values.length;
    tensors.set(key, tensor);
  }
  return tensors;
}
