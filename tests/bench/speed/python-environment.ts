// The Python that the peer runs in: a virtual environment of the benchmark's own, made on its first run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SecateurError } from '../../../src-main/contract/secateur-error.ts';

const PACKAGES = ['torch==2.13.0', 'numpy', 'stable-baselines3', 'gymnasium'];
const WINDOWS = process.platform === 'win32';
const FOLDER = fileURLToPath(new URL('.venv/', import.meta.url));
const PYTHON = `${FOLDER}${WINDOWS ? 'Scripts/python.exe' : 'bin/python'}`;

/** The benchmark compares with PyTorch, and PyTorch cannot be had here. */
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
 * Makes the environment if it is not there, and installs what it lacks.
 * @param further packages, as pip names them
 * @returns path of its Python
 * @throws PeerMissingError
 */
export function preparePython(further: readonly string[] = []): string {
  const packages = [...PACKAGES, ...further];
  if (!existsSync(PYTHON)) {
    const systemPython = WINDOWS ? 'python' : 'python3';
    const hint = 'Install Python 3.10 or newer with its venv module, and run the benchmark again.';
    run(systemPython, ['-m', 'venv', FOLDER], `"${systemPython} -m venv" does not run`, hint);
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  const hint = `pip needs the network once, and about 1 GB (on Linux with its CUDA libraries 5 GB); then delete ${FOLDER} and run the benchmark again.`;
  run(PYTHON, install, `pip cannot install ${packages.join(', ')}`, hint);
  return PYTHON;
}
