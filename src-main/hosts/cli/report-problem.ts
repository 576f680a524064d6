// An error as a person reads it: what, where, what would help; and its exit code.
import { styleText } from 'node:util';
import { toProblem } from '../../contract/secateur-error.ts';
import { exitCodeOf } from '../exit-codes.ts';

/** Prints the problem to standard error. @returns the exit code */
export function reportProblem(error: unknown, json: boolean): number {
  const problem = toProblem(error);
  if (json) process.stderr.write(`${JSON.stringify({ type: 'problem', problem })}\n`);
  else {
    const label = styleText('red', 'error:', { stream: process.stderr });
    process.stderr.write(`${label} ${problem.message}. ${problem.hint}\n`);
  }
  if (problem.kind === 'internal' && error instanceof Error && !json) process.stderr.write(`${error.stack ?? ''}\n`);
  return exitCodeOf(problem.kind);
}
