// Why a pickle is refused, one class per cause.
import { SecateurError } from '../../../contract/secateur-error.ts';

const DISTRUST =
  'Pickles can carry programs; Secateur reads weights only. Do not open this file with other tools either.';

/** A class or function outside of the allowlist: loading it in Python would run or import it. */
export class ForeignGlobalError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, global: string) {
    super(`"${file}" asks for "${global}", which is not part of any model that Secateur reads`, DISTRUST);
  }
}

/** An instruction that no weights need. */
export class UnknownOpcodeError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, opcode: number, offset: number) {
    const code = `0x${opcode.toString(16).padStart(2, '0')}`;
    super(`"${file}": unknown pickle instruction ${code} at byte ${offset}`, 'The file is damaged, or not a pickle.');
  }
}

/** Instructions that contradict each other, or that end too early. */
export class MalformedPickleError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(
      `"${file}" is not a readable pickle: ${problem}`,
      'The file is damaged; get it again from where it was saved.',
    );
  }
}

/** Larger than weights ever need. */
export class PickleTooLargeError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, problem: string) {
    super(`"${file}" is refused: ${problem}`, DISTRUST);
  }
}
