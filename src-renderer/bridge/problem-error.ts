// What the host answered instead of a value, thrown on this side.
import type { Problem } from '../../src-main/contract/secateur-error.ts';

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = problem.code;
    this.problem = problem;
  }
}

/** The host is gone, or was never there. */
export const HOST_GONE: Problem = {
  kind: 'environment',
  code: 'HostGoneError',
  message: 'Secateur is not answering',
  hint: 'Its process has ended or cannot be reached. Nothing that was stored is lost; the page goes on when it is back.',
};

/** Whatever was thrown, as something that can be shown. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    kind: 'internal',
    code: error.name,
    message: error.message,
    hint: 'This is a bug in the page; reloading it loses nothing that is stored.',
  };
}
