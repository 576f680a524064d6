// Reads a pickle as inert data with an own machine: an allowlist of names, nothing ever executed, everything bounded.
import { ByteReader } from './byte-reader.ts';
import { PickleTooLargeError, UnknownOpcodeError } from './errors.ts';
import { PICKLE_LIMITS, PickleMachine } from './machine.ts';
import { INSTRUCTIONS } from './opcodes.ts';
import type { PickleValue } from './values.ts';

const STOP = '.';

/**
 * The value that a pickle describes (protocols 0 to 5 as far as weights need them).
 * @param options.globals names such as "collections.OrderedDict" that may occur; any other is refused.
 * @throws ForeignGlobalError, UnknownOpcodeError, MalformedPickleError, PickleTooLargeError
 */
export function readPickle(options: {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly globals: ReadonlySet<string>;
}): PickleValue {
  const { bytes, file, globals } = options;
  if (bytes.length > PICKLE_LIMITS.bytes) throw new PickleTooLargeError(file, `a pickle of ${bytes.length} bytes`);
  const input = new ByteReader(bytes, file);
  const machine = new PickleMachine(file, globals);
  for (;;) {
    const opcode = input.uint8();
    const code = String.fromCharCode(opcode);
    if (code === STOP) return machine.finish();
    const instruction = Object.hasOwn(INSTRUCTIONS, code) ? INSTRUCTIONS[code] : undefined;
    if (instruction === undefined) throw new UnknownOpcodeError(file, opcode, input.offset - 1);
    instruction(machine, input);
  }
}
