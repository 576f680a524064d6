// Which Python, and how long it may think.
import { resolve } from 'node:path';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { PythonOptions } from './python-process.ts';

/** Importing what an environment needs and making it may take a while on a slow disk, stepping it should not. */
const STEP_SECONDS = 60;
const MAKE_SECONDS = 300;

export class GymnasiumTimeoutError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(value: string) {
    super(`SECATEUR_GYMNASIUM_TIMEOUT is "${value}"`, 'Give it a number of seconds, or leave it out.');
  }
}

/**
 * The variable SECATEUR_PYTHON, which `--python` sets, goes before the settings.
 * @param chosen in the settings, if any
 * @throws GymnasiumTimeoutError
 */
export function choosePython(variables: NodeJS.ProcessEnv, chosen: string | undefined): PythonOptions {
  const { SECATEUR_PYTHON: named = '', SECATEUR_GYMNASIUM_TIMEOUT: timeout } = variables;
  const seconds = timeout === undefined ? null : Number(timeout);
  if (seconds !== null && !(seconds > 0)) throw new GymnasiumTimeoutError(timeout!);
  const python = named === '' ? (chosen ?? 'python3') : named;
  return {
    // A bare name is looked up, anything else is a path from here.
    python: python.includes('/') ? resolve(python) : python,
    patience: { step: 1000 * (seconds ?? STEP_SECONDS), make: 1000 * (seconds ?? MAKE_SECONDS) },
  };
}
