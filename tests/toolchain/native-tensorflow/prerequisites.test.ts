// What is missing for native TensorFlow is said in one line, with the way to get it, whatever is missing.
import { describe, expect, it } from 'vitest';
import {
  checkCompiler,
  checkDriver,
  checkHeaders,
  checkPlatform,
  checkPython,
  checkSpace,
} from '../../../build/native-tensorflow/prerequisites.ts';
import { commandRunner, type CommandResult, type RunCommand } from '../../../build/native-tensorflow/run-command.ts';
import { MissingPrerequisiteError } from '../../../build/native-tensorflow/setup-errors.ts';

const absent: CommandResult = { code: 127, stdout: '', stderr: 'spawn ENOENT' };
const done = (stdout = ''): CommandResult => ({ code: 0, stdout, stderr: '' });
/** Answers with the results one after the other. */
const answering = (...results: CommandResult[]): RunCommand => {
  return () => Promise.resolve(results.shift()!);
};

/** The problem and the way out, which must be one line. */
async function missing(check: () => unknown): Promise<string> {
  const error: unknown = await Promise.resolve()
    .then(check)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MissingPrerequisiteError);
  const { message, hint, kind } = error as MissingPrerequisiteError;
  expect(kind).toBe('environment');
  expect(hint).toMatch(/\.$/);
  expect(message + hint).not.toContain('\n');
  return `${message}. ${hint}`;
}

describe('the platform', () => {
  const linux = { platform: 'linux', arch: 'x64', glibc: true };

  it('is Linux on x64 or arm64, and x64 for CUDA', () => {
    checkPlatform(linux, false);
    checkPlatform(linux, true);
    checkPlatform({ ...linux, arch: 'arm64' }, false);
  });

  it.each([
    { machine: { ...linux, platform: 'win32' }, cuda: false, said: /Linux only.*win32.*WSL 2/ },
    { machine: { ...linux, platform: 'darwin' }, cuda: false, said: /Linux only.*darwin.*tfjs-node/ },
    { machine: { ...linux, arch: 'riscv64' }, cuda: false, said: /riscv64.*x64 or arm64/ },
    { machine: { ...linux, glibc: false }, cuda: false, said: /musl.*glibc/ },
    { machine: { ...linux, arch: 'arm64' }, cuda: true, said: /CUDA build for arm64.*--cuda/ },
  ])('refuses $machine with cuda: $cuda', async ({ machine, cuda, said }) => {
    expect(
      await missing(() => {
        checkPlatform(machine, cuda);
      }),
    ).toMatch(said);
  });
});

describe('Python', () => {
  it.each(['3 9', '3 13', '4 0'])('may be %s', async (version) => {
    await checkPython(answering(done(`${version}\n`), done()), 'python3');
  });

  it.each([
    { name: 'absent', results: [absent], said: /no python3.*apt install python3.*PYTHON=/ },
    { name: 'too old', results: [done('3 8\n')], said: /Python 3\.8.*3\.9 or newer.*PYTHON=/ },
    { name: 'of another age', results: [done('2 7\n')], said: /Python 2\.7/ },
    {
      name: 'broken',
      results: [{ code: 1, stdout: '', stderr: 'pyenv: version `3.12` is not installed\nmore' }],
      said: /python3 does not run: pyenv: version `3\.12` is not installed\./,
    },
    {
      name: 'without venv',
      results: [done('3 11\n'), { code: 1, stdout: '', stderr: "No module named 'ensurepip'" }],
      said: /venv and ensurepip.*apt install python3\.11-venv/,
    },
  ])('that is $name is refused', async ({ results, said }) => {
    expect(await missing(() => checkPython(answering(...results), 'python3'))).toMatch(said);
  });
});

it('a missing compiler is named, with packages that have one', async () => {
  await checkCompiler(answering(done('g++ 12.2.0')), 'g++');
  expect(await missing(() => checkCompiler(answering(absent), 'clang++'))).toMatch(
    /compiler clang\+\+.*apt.*dnf.*CXX=/,
  );
});

it('a driver that lists no GPU is as good as none', async () => {
  await checkDriver(answering(done('GPU 0: NVIDIA H200 (UUID: …)\n')));
  for (const result of [absent, done('No devices found.\n')]) {
    expect(await missing(() => checkDriver(answering(result)))).toMatch(/no GPU.*driver.*--cuda/);
  }
});

it('missing headers are named by their folder', async () => {
  expect(
    await missing(() => {
      checkHeaders('/nowhere');
    }),
  ).toMatch(/\/nowhere.*npm install/);
});

it('the space that is needed depends on CUDA', async () => {
  checkSpace({ folder: '/project', freeBytes: 2.1e9, cuda: false });
  const full = (cuda: boolean) =>
    missing(() => {
      checkSpace({ folder: '/project', freeBytes: 1.94e9, cuda });
    });
  expect(await full(false)).toMatch(/takes 2 GB.*\/project has 1\.9 GB/);
  expect(await full(true)).toMatch(/takes 10 GB/);
});

describe('a command', () => {
  const run = commandRunner(new AbortController().signal);

  it('that does not exist ends as in a shell', async () => {
    expect((await run('no-such-program', [])).code).toBe(127);
  });

  it('hands back its code and what it printed', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    expect(await run(process.execPath, ['-e', script])).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it.skipIf(process.platform === 'win32')('that crashes is no success', async () => {
    const result = await run(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']);
    expect(result).toMatchObject({ code: 1, stderr: 'ended by SIGKILL' });
  });

  it('ends when it is interrupted', async () => {
    const interrupt = new AbortController();
    const endless = commandRunner(interrupt.signal)(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    interrupt.abort(new Error('enough'));
    await expect(endless).rejects.toThrow('enough');
  });
});
