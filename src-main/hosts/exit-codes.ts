// What a script can tell from the exit code alone.
import type { ProblemKind } from '../contract/secateur-error.ts';

const EXIT_CODES: Readonly<Record<ProblemKind, number>> = {
  internal: 1,
  'bad-input': 2,
  'not-found': 3,
  unsupported: 4,
  refused: 5,
  environment: 6,
  failed: 7,
  cancelled: 130,
};

export function exitCodeOf(kind: ProblemKind): number {
  return EXIT_CODES[kind];
}

/** For `--help`. */
export const EXIT_CODE_HELP = `Exit codes
  0 done, also when stopped early with Ctrl-C (what there was is kept)
  1 a bug in Secateur            2 a file, value or combination that cannot be used
  3 no such model, run or file   4 recognised, but not supported
  5 refused, to lose nothing     6 the machine: disk full, folder not writable, backend missing
  7 the work failed            130 aborted with a second Ctrl-C`;
