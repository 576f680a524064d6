// The Python that a peer runs in: a virtual environment of the benchmark's own, made on its first run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SecateurError } from '../../../src-main/contract/secateur-error.ts';

const PACKAGES = ['torch==2.13.0', 'numpy', 'stable-baselines3', 'gymnasium'];
const WINDOWS = process.platform === 'win32';
/** The benchmark compares with other software, and that cannot be had here. */
export class PeerMissingError extends SecateurError {
  readonly kind = 'environment';

  constructor(problem: string, hint: string) {
    super(`nothing to compare with: ${problem}`, hint);
  }
}

function run(command: string, args: readonly string[], problem: string, hint: string): void {
  const { error, status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined || status !== 0) {
    throw new PeerMissingError(`${problem} (${error?.message ?? `exit code ${String(status)}`})`, hint);
  }
}

/**
 * Makes a virtual environment if it is not there, and installs what it lacks.
 * @param folder of the environment
 * @param size of the download, for the error: "1 GB"
 * @returns path of its Python
 * @throws PeerMissingError
 */
export function makePython(folder: URL, packages: readonly string[], size: string): string {
  const path = fileURLToPath(folder);
  const python = `${path}${WINDOWS ? 'Scripts/python.exe' : 'bin/python'}`;
  if (!existsSync(python)) {
    const systemPython = WINDOWS ? 'python' : 'python3';
    const hint = 'Install Python 3.10 or newer with its venv module, and run the benchmark again.';
    run(systemPython, ['-m', 'venv', path], `"${systemPython} -m venv" does not run`, hint);
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  const hint = `pip needs the network once, and about ${size}; then delete ${path} and run the benchmark again.`;
  run(python, install, `pip cannot install ${packages.join(', ')}`, hint);
  return python;
}

/**
 * The environment with PyTorch.
 * @param further packages, as pip names them
 * @throws PeerMissingError
 */
export const preparePython = (further: readonly string[] = []): string =>
  makePython(
    new URL('.venv/', import.meta.url),
    [...PACKAGES, ...further],
    '1 GB (on Linux with its CUDA libraries 5 GB)',
  );
