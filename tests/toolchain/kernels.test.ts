// The kernels build themselves where they are needed: when the launcher asks for it, tried with a stand-in for the
// compiler, and what two compilers at work at once leave behind.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const sources = 'src-main/engine/numerics/kernels/assembly';
const outputs = 'resources/kernels';
const names = ['secateur-relaxed-simd.wasm', 'secateur-simd.wasm'];

const standInBuilder = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { staleKernels } from '../bin/kernels.mjs';
const stale = staleKernels();
console.log('built', stale.length);
mkdirSync('${outputs}', { recursive: true });
for (const { file } of stale) writeFileSync(file, '');
`;

let folder = '';
const at = (path: string): string => join(folder, path);

/** Puts a file into the tree that was last changed `minutes` ago. */
function put(path: string, text: string, minutes: number): void {
  const time = new Date(Date.now() - minutes * 60_000);
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
  utimesSync(at(path), time, time);
}

function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, args, { cwd: folder });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secateur-kernels-'));
  cpSync(resolve('bin'), at('bin'), { recursive: true });
  put('package.json', '{ "type": "module" }', 60);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the launcher', () => {
  const command = () => run('bin/secateur.mjs');

  beforeEach(() => {
    put('src-main/hosts/cli/main.ts', `console.log('ran')`, 60);
    put('build/build-kernels.ts', standInBuilder, 60);
    put(`${sources}/index.ts`, '', 60);
  });

  it('builds what is missing before the command, once, and keeps standard output clean', async () => {
    expect(await command()).toEqual({ stdout: 'ran\n', stderr: 'built 2\n' });
    expect(await command()).toEqual({ stdout: 'ran\n', stderr: '' });
    rmSync(at(join(outputs, names[0]!)));
    expect(await command()).toEqual({ stdout: 'ran\n', stderr: 'built 1\n' });
  });

  it.each([`${sources}/index.ts`, `${sources}/new.ts`, 'build/build-kernels.ts'])(
    'builds again what is older than %s',
    async (changed) => {
      for (const name of names) put(join(outputs, name), '', 30);
      expect((await command()).stderr).toBe('');
      put(changed, changed.startsWith('build') ? standInBuilder : '', 10);
      expect((await command()).stderr).toBe('built 2\n');
    },
  );

  it('does without the sources, as an installed Secateur must', async () => {
    rmSync(at(sources), { recursive: true });
    expect(await command()).toEqual({ stdout: 'ran\n', stderr: '' });
  });

  it('does not run the command when they cannot be built', async () => {
    put('build/build-kernels.ts', `throw new Error('no compiler')`, 60);
    await expect(command()).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/no compiler[^]*\nsecateur: .* could not be built.* npm install .*\n$/) as unknown,
    });
  });
});

it('two builds at once leave the kernels and nothing else', async () => {
  cpSync(resolve('build'), at('build'), { recursive: true });
  put(`${sources}/index.ts`, 'export function half(value: f32): f32 { return value / 2; }', 0);
  symlinkSync(resolve('node_modules'), at('node_modules'), 'junction');
  await Promise.all([run('build/build-kernels.ts'), run('build/build-kernels.ts')]);
  expect(readdirSync(at(outputs)).sort()).toEqual(names);
  for (const name of names) {
    expect(
      readFileSync(at(join(outputs, name)))
        .subarray(0, 4)
        .toString('latin1'),
      name,
    ).toBe('\0asm');
  }
});
