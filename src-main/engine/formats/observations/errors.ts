// Why a file of observations is not read, one class per cause.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** Neither an array of NumPy nor a table. */
export class UnknownObservationsError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string) {
    super(
      `"${file}" is no file of observations that Secateur knows`,
      'Give an array of NumPy, saved with np.save (.npy) or np.savez (.npz), or a .csv with a line per observation.',
    );
  }
}

/** It ends before what its beginning announces. */
export class TruncatedObservationsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(`"${file}" is cut short: ${problem}`, 'The file was not written or copied completely; get it again.');
  }
}

/** It is not what its format prescribes. */
export class MalformedObservationsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string, hint = 'Write it again with np.save, or as a .csv of numbers.') {
    super(`"${file}" is not sound: ${problem}`, hint);
  }
}

/** Numbers of a type that is not taken, or no numbers at all. */
export class ObservationTypeError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string, type: string) {
    super(
      `"${file}" holds values of type ${type}`,
      type.endsWith('O')
        ? 'Objects are pickled, and nothing in a file is ever executed: save np.asarray(observations, dtype=np.float32).'
        : 'Save observations.astype(np.float32); float64 and uint8 are read as well.',
    );
  }
}

/** Columns first, where rows are wanted. */
export class FortranOrderError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string) {
    super(`"${file}" is in Fortran order`, 'Save np.ascontiguousarray(observations).');
  }
}

/** Observations of another policy. */
export class ObservationShapeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(options: { file: string; found: string; shape: readonly number[]; where?: string }) {
    const { file, found, shape, where } = options;
    super(
      `"${file}"${where === undefined ? '' : `, ${where}`}: ${found}, and the policy observes [${shape.join(', ')}]`,
      shape.length > 1
        ? 'Save one observation per row, in this shape; images as height, width, channels (np.moveaxis brings the channels to the end).'
        : 'Save one observation per row, raw as the environment gave it, without an index or other columns (pandas: index=False).',
    );
  }
}

/** NaN, infinite, or beyond float32. */
export class NonFiniteObservationError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(options: { file: string; row: number; column: number; value: string }) {
    const { file, row, column, value } = options;
    super(
      `"${file}" holds ${value} in row ${row}, column ${column}, both counted from 1`,
      'Leave such rows out, or find out where they come from: a policy has no answer to them.',
    );
  }
}
