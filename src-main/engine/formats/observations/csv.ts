// Observations as a table: a line for each, numbers between commas, and perhaps the names of the columns first.
import { decodeUtf8 } from '../utf8.ts';
import { MalformedObservationsError, NonFiniteObservationError, ObservationShapeError } from './errors.ts';
import type { ObservationsFile, ReadObservations } from './observations.ts';

/** Characters. */
const LONGEST_LINE = 1_000_000;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** Lines without their ends, which may be of any system; what follows the last end is no line if it is empty. */
function* linesOf(text: string, file: string): Generator<string> {
  for (let from = text.startsWith('\ufeff') ? 1 : 0; from < text.length;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    if (end - from > LONGEST_LINE)
      throw new MalformedObservationsError(file, 'one of its lines is a million characters long');
    yield text.slice(from, text[end - 1] === '\r' ? end - 1 : end);
    from = end + 1;
  }
}

const isNumeric = (field: string): boolean => NUMBER.test(field) || NOT_FINITE.test(field);

/** Names of columns; those that pandas gives where nobody did are 0, 1, 2, … */
const isHeader = (fields: readonly string[]): boolean =>
  !fields.some(isNumeric) || (fields.length > 1 && fields.every((field, i) => field === String(i)));

/**
 * @param shape of one observation; a table has its numbers in a row, the last dimension running fastest
 * @throws the errors of errors.ts
 */
export function readCsv({ name, bytes }: ObservationsFile, shape: readonly number[]): ReadObservations {
  const marked = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
  const text = decodeUtf8(marked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
  if (text === null) throw new MalformedObservationsError(name, 'it is not UTF-8', 'Save it as UTF-8.');
  const width = shape.reduce((product, size) => product * size, 1);
  const values: number[] = [];
  let line = 0;
  let rows = 0;
  for (const content of linesOf(text, name)) {
    line++;
    const fields = content.split(',').map((field) => field.trim());
    if (fields.length !== width) {
      const found = `${fields.length} ${fields.length === 1 ? 'column' : 'columns'}`;
      throw new ObservationShapeError({ file: name, found, shape, where: `line ${line}` });
    }
    if (line === 1 && isHeader(fields)) continue;
    rows++;
    for (const [i, field] of fields.entries()) {
      if (!isNumeric(field)) {
        const what = field === '' ? 'nothing' : `"${field.slice(0, 40)}"`;
        throw new MalformedObservationsError(
          name,
          `line ${line}, column ${i + 1} has ${what} where a number is needed`,
        );
      }
      const value = Math.fround(Number(field));
      if (!Number.isFinite(value))
        throw new NonFiniteObservationError({ file: name, row: rows, column: i + 1, value: field });
      values.push(value);
    }
  }
  return { rows, values: Float32Array.from(values), type: 'text' };
}
