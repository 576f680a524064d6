import { describe, expect, it } from 'vitest';
import {
  ForeignGlobalError,
  MalformedPickleError,
  PickleTooLargeError,
  UnknownOpcodeError,
} from '../../../../src-main/engine/formats/pickle/errors.ts';
import { readPickle } from '../../../../src-main/engine/formats/pickle/read-pickle.ts';
import {
  PickleInstance,
  type PickleTuple,
  type PickleValue,
} from '../../../../src-main/engine/formats/pickle/values.ts';
import { thrownBy } from '../fixtures.ts';
import * as pickle from '../pickle-writer.ts';

const read = (bytes: Uint8Array): PickleValue =>
  readPickle({ bytes, file: 'x.pkl', globals: new Set(['collections.OrderedDict']) });
/** Characters are bytes. */
const readText = (text: string): PickleValue => read(Uint8Array.from(text, (character) => character.charCodeAt(0)));

describe('values, as Python pickled them', () => {
  // CPython 3.11 loads each of these to the value that its name says.
  it.each<[string, string, PickleValue]>([
    ['None', '\x80\x02N.', null],
    ['True', '\x80\x04\x88.', true],
    ['-7', '\x80\x04\x95\x06\x00\x00\x00\x00\x00\x00\x00J\xf9\xff\xff\xff.', -7],
    ['65535', '\x80\x02M\xff\xff.', 65535],
    ['2**40', '\x80\x02\x8a\x06\x00\x00\x00\x00\x00\x01.', 2 ** 40],
    ['-2**63', '\x80\x02\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80.', -(2n ** 63n)],
    ['0.1', '\x80\x02G?\xb9\x99\x99\x99\x99\x99\x9a.', 0.1],
    ['"né"', '\x80\x04\x95\x07\x00\x00\x00\x00\x00\x00\x00\x8c\x03n\xc3\xa9\x94.', 'né'],
    ['b"ab"', '\x80\x03C\x02abq\x00.', Uint8Array.of(97, 98)],
    [
      'bytearray(b"ab")',
      '\x80\x05\x95\r\x00\x00\x00\x00\x00\x00\x00\x96\x02\x00\x00\x00\x00\x00\x00\x00ab\x94.',
      Uint8Array.of(97, 98),
    ],
    ['[1, [2, 3]]', '\x80\x02]q\x00(K\x01]q\x01(K\x02K\x03ee.', [1, [2, 3]]],
    ['{"a": 1}', '\x80\x02}q\x00X\x01\x00\x00\x00aq\x01K\x01s.', new Map([['a', 1]])],
  ])('%s', (_, text, value) => {
    expect(readText(text)).toEqual(value);
  });

  it('shares what the memo shares', () => {
    // x = []; (x, x, 1, 2)
    const value = readText('\x80\x02(]q\x00h\x00K\x01K\x02tq\x01.') as PickleTuple;
    expect(value.items[0]).toBe(value.items[1]);
    expect(value.items.length).toBe(4);
  });

  it('records a construction without doing it', () => {
    const call = pickle.reduce(pickle.global('collections', 'OrderedDict'), pickle.tuple(1));
    const value = read(pickle.dump(call)) as PickleInstance;
    expect(value).toBeInstanceOf(PickleInstance);
    expect(value.global).toBe('collections.OrderedDict');
    expect(value.args).toEqual([1]);
  });
});

describe('what could run a program', () => {
  it.each([
    ['protocol 0', "cos\nsystem\n(S'echo'\ntR.", 'os.system'],
    ['protocol 2', '\x80\x02cposix\nsystem\nX\x04\x00\x00\x00echo\x85R.', 'posix.system'],
    ['protocol 4', '\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.', 'builtins.eval'],
    [
      'a dotted name',
      '\x80\x04\x8c\x0bcollections\x8c\x14OrderedDict.fromkeys\x93.',
      'collections.OrderedDict.fromkeys',
    ],
    ['names with tricks', '\x80\x02c__main__\n__proto__\n.', '__main__.__proto__'],
  ])('%s is refused by its name', (_, text, global) => {
    const error = thrownBy(() => readText(text));
    expect(error).toBeInstanceOf(ForeignGlobalError);
    expect((error as Error).message).toContain(`"${global}"`);
    expect((error as Error).message).toContain('x.pkl');
  });

  it.each(['i', 'o', 'S', 'P', '\x82', '\x92', '\x97', '\xff'])('instruction %j is unknown', (opcode) => {
    expect(() => readText(`${opcode}.`)).toThrow(UnknownOpcodeError);
  });

  it('calls nothing but names of the list', () => {
    expect(() => read(pickle.dump(pickle.reduce('text', pickle.tuple(1))))).toThrow(MalformedPickleError);
  });
});

describe('nonsense', () => {
  it.each([
    ['nothing', ''],
    ['no end', '\x80\x02N'],
    ['a newer protocol', '\x80\x06N.'],
    ['an empty stack', '.'],
    ['two values left', 'NN.'],
    ['an open mark', '(N.'],
    ['a closed mark without an open one', 't.'],
    ['an unknown memo', 'h\x05.'],
    ['text that ends early', 'X\xff\xff\xff\x7fab.'],
    ['text that is not UTF-8', 'X\x01\x00\x00\x00\xff.'],
    ['an append to a number', 'K\x01K\x02a.'],
    ['an item of a list', ']K\x01K\x02s.'],
    ['a key without value', '}(K\x01u.'],
    ['a state for a number', 'K\x01K\x02b.'],
    ['arguments that are no tuple', 'ccollections\nOrderedDict\nNR.'],
    ['an endless name', 'ccollections'],
    ['a negative length', '\x8e\xff\xff\xff\xff\xff\xff\xff\xff.'],
  ])('%s is malformed', (_, text) => {
    expect(() => readText(text)).toThrow(MalformedPickleError);
  });

  it.each([
    ['marks', '('.repeat(1000)],
    ['values', 'N'.repeat(1_000_001)],
    ['a long integer', `\x8b\x00\x10\x00\x00${'\x01'.repeat(4096)}.`],
  ])('too many or too large: %s', (_, text) => {
    expect(() => readText(text)).toThrow(PickleTooLargeError);
  });
});
