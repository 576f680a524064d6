// Observations as NumPy and spreadsheets write them, against the numbers that NumPy wrote; and what is refused.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  FortranOrderError,
  MalformedObservationsError,
  NonFiniteObservationError,
  ObservationShapeError,
  ObservationTypeError,
  TruncatedObservationsError,
  UnknownObservationsError,
} from '../../../../src-main/engine/formats/observations/errors.ts';
import type { ObservationsFile } from '../../../../src-main/engine/formats/observations/observations.ts';
import { readObservations } from '../../../../src-main/engine/formats/observations/read-observations.ts';
import { SecateurError } from '../../../../src-main/contract/secateur-error.ts';
import { npyOf } from './write-npy.ts';

const folder = fileURLToPath(new URL('../../../fixtures/observations/', import.meta.url));
const written = (name: string): ObservationsFile => ({ name, bytes: new Uint8Array(readFileSync(folder + name)) });
const golden = JSON.parse(readFileSync(`${folder}golden.json`, 'utf8')) as { rows: number[]; images: number[] };
const csv = (text: string): ObservationsFile => ({ name: 'seen.csv', bytes: new TextEncoder().encode(text) });

function problemOf(file: ObservationsFile, shape: readonly number[] = [3]): SecateurError {
  try {
    readObservations(file, shape);
  } catch (error) {
    if (error instanceof SecateurError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('what NumPy writes', () => {
  it.each(['float32.npy', 'float64.npy', 'big-endian.npy', 'version-3.npy', 'one.npz', 'compressed.npz', 'table.csv'])(
    '%s',
    (name) => {
      const { rows, values } = readObservations(written(name), [3]);
      expect(rows).toBe(4);
      expect([...values]).toEqual(golden.rows.map(Math.fround));
    },
  );

  it('bytes of images, in their shape', () => {
    const { rows, values } = readObservations(written('images.npy'), [2, 3, 2]);
    expect(rows).toBe(2);
    expect([...values]).toEqual(golden.images);
  });

  it.each([
    ['fortran.npy', FortranOrderError, 'ascontiguousarray'],
    ['integers.npy', ObservationTypeError, 'astype(np.float32)'],
    ['objects.npy', ObservationTypeError, 'nothing in a file is ever executed'],
    ['records.npy', ObservationTypeError, 'astype(np.float32)'],
    ['two.npz', MalformedObservationsError, 'np.save'],
  ])('%s is refused, with what would help', (name, kind, hint) => {
    const problem = problemOf(written(name));
    expect(problem).toBeInstanceOf(kind);
    expect(problem.message).toContain(name);
    expect(problem.hint).toContain(hint);
  });

  it('names the arrays of an archive that has several', () => {
    expect(problemOf(written('two.npz')).message).toContain('observations, actions');
  });
});

describe('shapes', () => {
  it('another width, or images where there are none', () => {
    for (const shape of [[4], [2], [3, 1], [1, 3]]) {
      const problem = problemOf(written('float32.npy'), shape);
      expect(problem).toBeInstanceOf(ObservationShapeError);
      expect(problem.message).toContain('[4, 3]');
      expect(problem.message).toContain(`[${shape.join(', ')}]`);
    }
  });

  it('channels first are not taken for channels last', () => {
    expect(problemOf(written('images.npy'), [2, 2, 3]).hint).toContain('np.moveaxis');
  });
});

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('round trips', () => {
  it('of any numbers, as an array', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(finite, { maxLength: 60 }), (width, numbers) => {
        const rows = Math.floor(numbers.length / width);
        const values = numbers.slice(0, rows * width);
        const read = readObservations({ name: 'a.npy', bytes: npyOf(values, [rows, width]) }, [width]);
        expect(read.rows).toBe(rows);
        expect(read.values).toEqual(Float32Array.from(values));
      }),
    );
  });

  it('of any numbers, as a table with or without names, byte order mark and either line end', () => {
    const options = fc.record({ header: fc.boolean(), mark: fc.boolean(), crlf: fc.boolean(), last: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite, finite), { minLength: 2 }), options, (rows, options) => {
        const lines = [...(options.header ? ['"x","v",w'] : []), ...rows.map((row) => row.join(','))];
        const end = options.crlf ? '\r\n' : '\n';
        const text = `${options.mark ? '\ufeff' : ''}${lines.join(end)}${options.last ? end : ''}`;
        const read = readObservations(csv(text), [3]);
        expect(read.rows).toBe(rows.length);
        // −0 is written as 0.
        expect([...read.values].map((value) => value + 0)).toEqual(rows.flat().map((value) => value + 0));
      }),
    );
  });

  it('names that are numbers, as pandas gives them, are names', () => {
    expect([...readObservations(csv('0,1,2\n5,6,7\n'), [3]).values]).toEqual([5, 6, 7]);
  });
});

describe('numbers that are none', () => {
  it('NaN and infinity, with row and column', () => {
    const values = [1, 2, 3, 4, NaN, 6];
    const problem = problemOf({ name: 'a.npy', bytes: npyOf(values, [2, 3]) });
    expect(problem).toBeInstanceOf(NonFiniteObservationError);
    expect(problem.message).toBe('"a.npy" holds NaN in row 2, column 2, both counted from 1');
    expect(problemOf(csv('x,v,w\n1,2,3\n4,5,-inf\n')).message).toContain('-inf in row 2, column 3');
    expect(problemOf(csv('1,2,3\nnan,5,6\n')).message).toContain('nan in row 2, column 1');
  });

  it('what float32 cannot hold', () => {
    expect(problemOf(csv('1,1e300,3\n')).message).toContain('1e300 in row 1, column 2');
  });

  it('words and gaps in a table, with line and column', () => {
    expect(problemOf(csv('x,v,w\n1,,3\n')).message).toContain('line 2, column 2 has nothing');
    expect(problemOf(csv('1,2,3\n1,two,3\n')).message).toContain('line 2, column 2 has "two"');
    expect(problemOf(csv('1,2,0x10\n'))).toBeInstanceOf(MalformedObservationsError);
  });

  it('rows of another width, and an index beside them', () => {
    const problem = problemOf(csv(',x,v,w\n0,1,2,3\n'));
    expect(problem.message).toContain('line 1: 4 columns');
    expect(problem.hint).toContain('index=False');
    expect(problemOf(csv('1,2,3\n1,2\n')).message).toContain('line 2: 2 columns');
    expect(problemOf(csv('1,2,3\n\n1,2,3\n')).message).toContain('line 2: 1 column');
  });
});

describe('damage', () => {
  const whole = npyOf([1, 2, 3, 4, 5, 6], [2, 3]);

  it('cut anywhere, or longer than it says', () => {
    for (let length = 6; length < whole.length; length++) {
      const problem = problemOf({ name: 'a.npy', bytes: whole.slice(0, length) });
      expect(problem).toBeInstanceOf(TruncatedObservationsError);
    }
    const longer = new Uint8Array(whole.length + 1);
    longer.set(whole);
    expect(problemOf({ name: 'a.npy', bytes: longer }).message).toContain('1 bytes follow');
  });

  it.each([
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 3)}",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'eval': __import__('os')}",
    '',
  ])('the header %s', (header) => {
    expect(problemOf({ name: 'a.npy', bytes: npyOf([1, 2, 3, 4, 5, 6], [2, 3], header) })).toBeInstanceOf(
      MalformedObservationsError,
    );
  });

  it('any bytes are refused by an error that says so', () => {
    const start = fc.constantFrom(
      [],
      [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
      [...whole.slice(0, 40)],
      [0x50, 0x4b, 3, 4],
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (begin, rest) => {
        const bytes = Uint8Array.from([...begin, ...rest]);
        for (const name of ['a.npy', 'a.csv']) {
          try {
            readObservations({ name, bytes }, [3]);
          } catch (error) {
            expect(error).toBeInstanceOf(SecateurError);
          }
        }
      }),
    );
  });

  it('what is neither', () => {
    expect(problemOf({ name: 'a.pkl', bytes: Uint8Array.of(0x80, 4, 0x95) })).toBeInstanceOf(UnknownObservationsError);
  });
});
