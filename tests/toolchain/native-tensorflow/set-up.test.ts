// The whole setup with stand-ins for pip, npm and the compiler: what it leaves behind when it succeeds, fails, is repeated.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandResult } from '../../../build/native-tensorflow/run-command.ts';
import { setUpTensorflow } from '../../../build/native-tensorflow/set-up.ts';
import { StepFailedError } from '../../../build/native-tensorflow/setup-errors.ts';
import { packageIn } from '../../../src-main/workers/load-tensorflow.ts';

type Step = 'python' | 'venv' | 'pip' | 'npm' | 'compiler' | 'try-out';

let project = '';
let folder = '';
let steps: Step[] = [];
let device = 'CPU';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'secateur-setup-'));
  folder = join(project, '.tensorflow');
  steps = [];
  device = 'CPU';
  const manifest = {
    dependencies: { '@tensorflow/tfjs-core': '4.22.0', zod: '4.0.0' },
    peerDependencies: { '@tensorflow/tfjs-node': '4.22.0' },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  mkdirSync(join(project, 'include/node'), { recursive: true });
  writeFileSync(join(project, 'include/node/node_api.h'), '');
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

/** What the program would leave in the folder, and answer. */
function standIn(program: string, args: readonly string[]): { step: Step; stdout?: string } {
  const line = args.join(' ');
  if (program === 'c++') {
    if (args.includes('-o')) writeFileSync(args.at(-1)!, 'addon');
    return { step: 'compiler' };
  }
  if (program === 'npm') {
    const prefix = args[args.indexOf('--prefix') + 1]!;
    for (const name of ['tfjs-node', 'tfjs-core', 'tfjs-data']) {
      mkdirSync(join(prefix, 'node_modules/@tensorflow', name), { recursive: true });
    }
    return { step: 'npm' };
  }
  if (line.includes('try-out.ts')) {
    const works = existsSync(join(packageIn(args.at(-1)!), 'lib/napi-v8/tfjs_binding.node'));
    return { step: 'try-out', stdout: works ? JSON.stringify({ version: `tfjs-node (${device})`, device }) : '{}' };
  }
  if (line.startsWith('-m venv')) return { step: 'venv' };
  if (line.startsWith('-m pip')) return { step: 'pip' };
  if (line.includes('platlib')) return { step: 'python', stdout: join(dirname(program), '../lib/site-packages\n') };
  return { step: 'python', stdout: line.includes('version_info') ? '3 11\n' : '' };
}

function setUp({ cuda = false, failing }: { cuda?: boolean; failing?: Partial<Record<Step, string>> } = {}) {
  return setUpTensorflow({
    folder,
    cuda,
    machine: { platform: 'linux', arch: 'x64', glibc: true },
    node: join(project, 'bin/node'),
    python: 'python3',
    compiler: 'c++',
    npm: ['npm'],
    terminal: false,
    say: () => undefined,
    run: (program, args): Promise<CommandResult> => {
      if (program === 'nvidia-smi') return Promise.resolve({ code: 0, stdout: 'GPU 0', stderr: '' });
      if (program === 'c++' && args[0] === '--version') return Promise.resolve({ code: 0, stdout: '', stderr: '' });
      const { step, stdout = '' } = standIn(program, args);
      steps.push(step);
      const stderr = failing?.[step];
      return Promise.resolve(stderr === undefined ? { code: 0, stdout, stderr: '' } : { code: 1, stdout: '', stderr });
    },
  });
}

const leftBehind = () => readdirSync(project).filter((name) => name.startsWith('.tensorflow'));

it('leaves one folder that works, and takes tfjs-core from the project', async () => {
  expect(await setUp()).toBe('tfjs-node (CPU)');
  expect(leftBehind()).toEqual(['.tensorflow']);
  expect(readdirSync(join(folder, 'node_modules/@tensorflow')).sort()).toEqual(['tfjs-data', 'tfjs-node']);
});

it('does nothing but try it out where it is there already', async () => {
  await setUp();
  steps = [];
  expect(await setUp()).toBe('tfjs-node (CPU)');
  expect(steps).toEqual(['try-out']);
});

it('replaces what is there when another build is asked for', async () => {
  await setUp();
  writeFileSync(join(folder, 'old'), '');
  device = 'GPU';
  expect(await setUp({ cuda: true })).toBe('tfjs-node (GPU)');
  expect(leftBehind()).toEqual(['.tensorflow']);
  expect(existsSync(join(folder, 'old'))).toBe(false);
  expect(readFileSync(join(folder, 'setup.json'), 'utf8')).toContain('and-cuda');
});

it.each([
  { step: 'venv', stderr: 'Error: no space left', said: 'no space left' },
  { step: 'pip', stderr: 'WARNING: retrying\nERROR: No matching distribution found\nnotice', said: 'No matching' },
  { step: 'npm', stderr: 'npm error code ENOTFOUND', said: 'ENOTFOUND' },
  { step: 'compiler', stderr: 'c++: fatal error: c_api.h: No such file', said: 'c_api.h' },
  { step: 'try-out', stderr: 'ended by SIGSEGV', said: 'SIGSEGV' },
] as const)('says what $step said, and leaves nothing, when that fails', async ({ step, stderr, said }) => {
  const error: unknown = await setUp({ failing: { [step]: stderr } }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StepFailedError);
  expect((error as StepFailedError).message).toContain(said);
  expect((error as StepFailedError).message).not.toContain('\n');
  expect(leftBehind()).toEqual([]);
});

it('keeps what worked when its replacement fails', async () => {
  await setUp();
  await expect(setUp({ cuda: true, failing: { pip: 'error: no network' } })).rejects.toThrow('no network');
  expect(leftBehind()).toEqual(['.tensorflow']);
  steps = [];
  await setUp();
  expect(steps).toEqual(['try-out']);
});

it('refuses a CUDA build that computes on the processor', async () => {
  await expect(setUp({ cuda: true })).rejects.toThrow('does not use the GPU');
  expect(leftBehind()).toEqual([]);
});

it('clears away what killed runs left, and not what another one is building', async () => {
  const running = `.tensorflow.${process.ppid}`;
  const killed = ['.tensorflow.999999999', `.tensorflow.${process.pid}`];
  for (const name of [running, ...killed]) mkdirSync(join(project, name));
  await setUp();
  expect(leftBehind().sort()).toEqual(['.tensorflow', running]);
});
