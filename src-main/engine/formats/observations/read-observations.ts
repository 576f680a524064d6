// A file of observations of any kind that is known, for a policy that observes this shape.
import { looksLikeZip, readZip } from '../zip/read-zip.ts';
import { readCsv } from './csv.ts';
import { MalformedObservationsError, UnknownObservationsError } from './errors.ts';
import { isNpy, readNpy } from './npy.ts';
import type { ObservationsFile, ReadObservations } from './observations.ts';

/** The one array of an archive of np.savez. @throws MalformedObservationsError, and the errors of the zip reader */
function onlyArray({ name, bytes }: ObservationsFile): ObservationsFile {
  const archive = readZip({ bytes, file: name });
  const [first] = archive.names;
  if (first === undefined || archive.names.length > 1) {
    const arrays = archive.names.map((entry) => entry.replace(/\.npy$/, '')).slice(0, 8);
    throw new MalformedObservationsError(
      name,
      `it holds ${archive.names.length} arrays${first === undefined ? '' : `: ${arrays.join(', ')}`}`,
      'Save the observations alone, with np.save.',
    );
  }
  return { name: `${name}/${first}`, bytes: archive.read(first) };
}

/**
 * @param shape of one observation
 * @throws UnknownObservationsError, and what the reader of the format throws
 */
export function readObservations(file: ObservationsFile, shape: readonly number[]): ReadObservations {
  const array = looksLikeZip(file.bytes) ? onlyArray(file) : file;
  if (isNpy(array)) return readNpy(array, shape);
  if (/\.csv$/i.test(array.name)) return readCsv(array, shape);
  throw new UnknownObservationsError(array.name);
}
