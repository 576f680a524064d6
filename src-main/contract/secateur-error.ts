// The root of every error that a person can cause. It crosses processes as a plain `Problem`.
import { z } from 'zod';

/** What kind of thing went wrong; each maps to one exit code of the CLI. */
export const problemKindSchema = z.enum([
  'bad-input', // a file, value or combination that cannot be used
  'not-found', // a named model, file or project that does not exist
  'unsupported', // recognised, but not something Secateur handles
  'refused', // would overwrite or lose something
  'environment', // disk full, folder not writable, backend missing
  'failed', // the work itself could not reach what was asked
  'cancelled', // the person stopped it
  'internal', // our bug
]);
export type ProblemKind = z.infer<typeof problemKindSchema>;

/** A `SecateurError` as data: what went wrong, where, and what would help. */
export const problemSchema = z.strictObject({
  kind: problemKindSchema,
  /** The error class, stable for scripts: "NotAZipError". */
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  /** What could be chosen instead, where something was left open; the caller asks again with one of them. */
  choices: z.array(z.string()).readonly().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/**
 * Base of the typed errors: one subclass per cause, in the room where the cause lives.
 * `message` says what and where in one line, `hint` what would help.
 */
export abstract class SecateurError extends Error {
  abstract readonly kind: ProblemKind;
  readonly hint: string;
  /** See `Problem`. */
  readonly choices: readonly string[] = [];

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** A problem that came from another process, or a failure nobody foresaw, thrown again on this side. */
export class RelayedError extends SecateurError {
  readonly kind: ProblemKind;
  override readonly choices: readonly string[];
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message, problem.hint);
    this.kind = problem.kind;
    this.choices = problem.choices ?? [];
    this.problem = problem;
    this.name = problem.code;
  }
}

/** Any thrown value as a `Problem`; what is not a `SecateurError` is our bug and says so. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof SecateurError) {
    const { kind, name: code, message, hint, choices } = thrown;
    return { kind, code, message, hint, ...(choices.length > 0 && { choices }) };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof Error ? thrown.name : 'UnknownError';
  return {
    kind: 'internal',
    code,
    message,
    hint: 'This is a bug in Secateur; the log of the run has the details.',
  };
}
