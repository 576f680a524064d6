// Pipes that this thread can wait at. Those that Node makes for a child never block, and Node cannot make others; so two
// named ones are opened at both ends and then forgotten by the file system.
import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { PythonNotFoundError, PythonUnusableError } from './gymnasium-errors.ts';

const MAKE_PIPES = 'import os, sys\nfor path in sys.argv[1:]: os.mkfifo(path, 0o600)';
const START_TIMEOUT_MS = 60_000;

export interface BlockingPipe {
  readonly readEnd: number;
  readonly writeEnd: number;
}

function open(path: string): BlockingPipe {
  // Opening one end waits for the other, but for an end that never waits.
  const placeholder = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeEnd = openSync(path, constants.O_WRONLY);
  const readEnd = openSync(path, constants.O_RDONLY);
  closeSync(placeholder);
  return { readEnd, writeEnd };
}

/**
 * @param python makes them: Node cannot
 * @throws PythonNotFoundError, PythonUnusableError
 */
export function makePipes(python: string, paths: readonly string[]): BlockingPipe[] {
  const made = spawnSync(python, ['-S', '-c', MAKE_PIPES, ...paths], { encoding: 'utf8', timeout: START_TIMEOUT_MS });
  if (made.error !== undefined) throw new PythonNotFoundError(python, made.error);
  if (made.status !== 0) throw new PythonUnusableError(python, made.stderr);
  return paths.map(open);
}
