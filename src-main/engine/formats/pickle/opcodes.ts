// The pickle instructions that weights need (Python's pickletools documents each); all others are refused.
import type { ByteReader } from './byte-reader.ts';
import { PickleTooLargeError } from './errors.ts';
import type { PickleMachine } from './machine.ts';
import { PersistentReference, PickleTuple, type PickleValue } from './values.ts';

type Instruction = (machine: PickleMachine, input: ByteReader) => void;

const PROTOCOL = 5;
/** Integers of weights and of saved random states are far shorter. */
const INTEGER_BYTES = 1024;

const constant =
  (value: PickleValue): Instruction =>
  (machine) => {
    machine.push(value);
  };

const operand =
  (read: (input: ByteReader) => PickleValue): Instruction =>
  (machine, input) => {
    machine.push(read(input));
  };

const tupleOf =
  (length: number): Instruction =>
  (machine) => {
    const items = Array.from({ length }, () => machine.pop()).reverse();
    machine.push(new PickleTuple(items));
  };

function integer(input: ByteReader, length: number): PickleValue {
  if (length > INTEGER_BYTES) throw new PickleTooLargeError(input.file, `an integer of ${length} bytes`);
  return input.integer(length);
}

/** Instruction byte → what it does; STOP is the reader's. */
export const INSTRUCTIONS: Readonly<Record<string, Instruction>> = {
  // Framing
  '\x80': (machine, input) => {
    const protocol = input.uint8();
    if (protocol > PROTOCOL) machine.fail(`protocol ${protocol} is newer than ${PROTOCOL}`);
  },
  '\x95': (_, input) => void input.uint64(),

  // Constants and numbers
  N: constant(null),
  '\x88': constant(true),
  '\x89': constant(false),
  K: operand((input) => input.uint8()),
  M: operand((input) => input.uint16()),
  J: operand((input) => input.int32()),
  '\x8a': operand((input) => integer(input, input.uint8())),
  '\x8b': operand((input) => integer(input, input.uint32())),
  G: operand((input) => input.float64()),

  // Text and bytes
  X: operand((input) => input.text(input.uint32())),
  '\x8c': operand((input) => input.text(input.uint8())),
  '\x8d': operand((input) => input.text(input.uint64())),
  C: operand((input) => input.bytes(input.uint8())),
  B: operand((input) => input.bytes(input.uint32())),
  '\x8e': operand((input) => input.bytes(input.uint64())),
  '\x96': operand((input) => input.bytes(input.uint64())),

  // Containers
  '(': (machine) => {
    machine.mark();
  },
  ')': (machine) => {
    machine.push(new PickleTuple([]));
  },
  '\x85': tupleOf(1),
  '\x86': tupleOf(2),
  '\x87': tupleOf(3),
  t: (machine) => {
    machine.push(new PickleTuple(machine.popMark()));
  },
  ']': (machine) => {
    machine.push([]);
  },
  a: (machine) => {
    machine.append([machine.pop()]);
  },
  e: (machine) => {
    machine.append(machine.popMark());
  },
  '}': (machine) => {
    machine.push(new Map());
  },
  s: (machine) => {
    const value = machine.pop();
    machine.setItems([machine.pop(), value]);
  },
  u: (machine) => {
    machine.setItems(machine.popMark());
  },
  '\x8f': (machine) => {
    machine.push([]);
  },
  '\x90': (machine) => {
    machine.append(machine.popMark());
  },
  '\x91': (machine) => {
    machine.push(machine.popMark());
  },

  // Stack and memo
  '0': (machine) => {
    machine.pop();
  },
  '1': (machine) => {
    machine.popMark();
  },
  '2': (machine) => {
    machine.push(machine.top());
  },
  q: (machine, input) => {
    machine.memoize(input.uint8());
  },
  r: (machine, input) => {
    machine.memoize(input.uint32());
  },
  '\x94': (machine) => {
    machine.memoize();
  },
  h: (machine, input) => {
    machine.recall(input.uint8());
  },
  j: (machine, input) => {
    machine.recall(input.uint32());
  },

  // Objects, as inert records
  c: (machine, input) => {
    const module = input.line();
    machine.pushGlobal(module, input.line());
  },
  '\x93': (machine) => {
    const name = machine.pop();
    machine.pushGlobal(machine.pop(), name);
  },
  R: (machine) => {
    const args = machine.popTuple();
    machine.pushInstance(machine.pop(), args);
  },
  '\x81': (machine) => {
    const args = machine.popTuple();
    machine.pushInstance(machine.pop(), args);
  },
  b: (machine) => {
    machine.build(machine.pop());
  },
  Q: (machine) => {
    machine.push(new PersistentReference(machine.pop()));
  },
};
