// What an action is refused with.
import { toProblem, type Problem } from '../../../../src-main/contract/secateur-error.ts';

/** @throws Error when it is not refused */
export function problemOf(action: () => unknown): Problem {
  try {
    action();
  } catch (error) {
    return toProblem(error);
  }
  throw new Error('nothing was refused');
}
