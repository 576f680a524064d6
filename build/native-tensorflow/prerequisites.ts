// What native TensorFlow takes from a machine, asked for before anything is downloaded.
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingPrerequisiteError } from './setup-errors.ts';
import type { RunCommand } from './run-command.ts';

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Whether the C library is glibc; TensorFlow publishes no wheels for another. */
  readonly glibc: boolean;
}

const LOWEST_PYTHON = [3, 9] as const;
/** Measured with TensorFlow 2.21: what is left on the disk, and the downloads that are unpacked from it. */
const SPACE_GB = { cpu: 2, cuda: 10 } as const;

/** @throws MissingPrerequisiteError */
export function checkPlatform({ platform, arch, glibc }: Machine, cuda: boolean): void {
  if (platform !== 'linux') {
    const hint =
      platform === 'win32'
        ? 'Run Secateur in WSL 2, which is Linux.'
        : 'Try `npm install --no-save --ignore-scripts=false @tensorflow/tfjs-node`, which brings its own TensorFlow, and then `secateur doctor`.';
    throw new MissingPrerequisiteError(`native TensorFlow is set up on Linux only, and this is ${platform}`, hint);
  }
  if (arch !== 'x64' && arch !== 'arm64') {
    throw new MissingPrerequisiteError(
      `TensorFlow publishes nothing for the processor architecture ${arch}`,
      'It takes x64 or arm64; the default backend runs here without TensorFlow.',
    );
  }
  if (!glibc) {
    throw new MissingPrerequisiteError(
      'TensorFlow publishes nothing for this C library (musl, as in Alpine)',
      'It takes a Linux with glibc, such as Debian, Ubuntu or Fedora.',
    );
  }
  if (cuda && arch !== 'x64') {
    throw new MissingPrerequisiteError(
      `TensorFlow publishes no CUDA build for ${arch}`,
      'Leave --cuda away, or use an x64 machine.',
    );
  }
}

/** @throws MissingPrerequisiteError when there is no Python that can make a virtual environment */
export async function checkPython(run: RunCommand, python: string): Promise<void> {
  const install =
    'Install it (Debian, Ubuntu: `apt install python3 python3-venv`), or name another with PYTHON=/path/to/python3.';
  const asked = await run(python, ['-c', 'import sys; print(*sys.version_info[:2])']);
  if (asked.code === 127) throw new MissingPrerequisiteError(`there is no ${python}`, install);
  const [major, minor] = asked.stdout.trim().split(' ').map(Number);
  if (asked.code !== 0 || major === undefined || minor === undefined) {
    throw new MissingPrerequisiteError(`${python} does not run: ${firstLine(asked.stderr)}`, install);
  }
  const [lowestMajor, lowestMinor] = LOWEST_PYTHON;
  if (major < lowestMajor || (major === lowestMajor && minor < lowestMinor)) {
    throw new MissingPrerequisiteError(
      `${python} is Python ${major}.${minor}, and TensorFlow takes ${lowestMajor}.${lowestMinor} or newer`,
      'Install a newer one, or name it with PYTHON=/path/to/python3.',
    );
  }
  if ((await run(python, ['-c', 'import venv, ensurepip'])).code !== 0) {
    throw new MissingPrerequisiteError(
      `${python} cannot make virtual environments: its modules venv and ensurepip are missing`,
      `Install them (Debian, Ubuntu: \`apt install python${major}.${minor}-venv\`).`,
    );
  }
}

/** @throws MissingPrerequisiteError */
export async function checkCompiler(run: RunCommand, compiler: string): Promise<void> {
  if ((await run(compiler, ['--version'])).code === 0) return;
  throw new MissingPrerequisiteError(
    `there is no C++ compiler ${compiler}`,
    'Install one (Debian, Ubuntu: `apt install g++`; Fedora: `dnf install gcc-c++`), or name another with CXX=/path/to/compiler.',
  );
}

/** @throws MissingPrerequisiteError */
export function checkHeaders(folder: string): void {
  if (existsSync(join(folder, 'node_api.h'))) return;
  throw new MissingPrerequisiteError(
    `the C headers of Node are not in ${folder}`,
    '`npm install` in the folder of Secateur brings a Node that has them.',
  );
}

/** @throws MissingPrerequisiteError */
export async function checkDriver(run: RunCommand): Promise<void> {
  const { code, stdout } = await run('nvidia-smi', ['--list-gpus']);
  if (code === 0 && stdout.includes('GPU')) return;
  throw new MissingPrerequisiteError(
    'nvidia-smi lists no GPU here',
    'Install the NVIDIA driver; the rest of CUDA comes with TensorFlow. Or leave --cuda away.',
  );
}

/** @throws MissingPrerequisiteError */
export function checkWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new MissingPrerequisiteError(`${folder} cannot be written to`, 'Native TensorFlow is set up inside it.', {
      cause: error,
    });
  }
}

/** @param freeBytes what the disk of `folder` has left. @throws MissingPrerequisiteError */
export function checkSpace({ folder, freeBytes, cuda }: { folder: string; freeBytes: number; cuda: boolean }): void {
  const needed = cuda ? SPACE_GB.cuda : SPACE_GB.cpu;
  if (freeBytes >= needed * 1e9) return;
  throw new MissingPrerequisiteError(
    `native TensorFlow takes ${needed} GB, and the disk of ${folder} has ${(freeBytes / 1e9).toFixed(1)} GB left`,
    'Make room there.',
  );
}

const firstLine = (text: string): string => text.trim().split('\n')[0]!;
