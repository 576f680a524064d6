// The application builds itself where it is needed: for `serve` and for the window, tried with a stand-in for the builder
// and for Electron.
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectron, targetFor } from '../../bin/electron.mjs';

const standInBuilder = `
import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('out', { recursive: true });
writeFileSync('out/built.json', JSON.stringify({ target: process.env.SECATEUR_TARGET ?? null }));
console.log('built for', process.env.SECATEUR_TARGET ?? 'today');
`;

/** Says what it is started with; it is asked for its version, too. */
const standInElectron = `#!/bin/sh
if [ "$1" = -p ]; then echo 22.3.25; exit; fi
echo "window $*"
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

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(script: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const env = { ...process.env, SECATEUR_TARGET: undefined, ELECTRON_OVERRIDE_DIST_PATH: undefined, ...environment };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [script, ...args], { cwd: folder, env })) };
  } catch (error) {
    return error as Ended;
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secateur-application-'));
  cpSync(resolve('bin'), at('bin'), { recursive: true });
  put('package.json', '{ "type": "module" }', 60);
  put('electron.vite.config.ts', '', 60);
  put('src-renderer/main.ts', '', 60);
  put('src-main/hosts/cli/main.ts', `console.log('ran', ...process.argv.slice(2))`, 60);
  put('build/build-application.ts', standInBuilder, 60);
  for (const room of ['src-renderer', 'src-main', 'src-main/hosts', 'src-main/hosts/cli']) {
    utimesSync(at(room), new Date(0), new Date(0));
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the command line', () => {
  const serve = (environment?: NodeJS.ProcessEnv) => run('bin/secateur.mjs', ['--store', 'list', 'serve'], environment);

  it('builds the application before it serves, once, and keeps standard output clean', async () => {
    const ran = 'ran --store list serve\n';
    expect(await serve()).toEqual({ code: 0, stdout: ran, stderr: 'built for today\n' });
    expect(await serve()).toEqual({ code: 0, stdout: ran, stderr: '' });
  });

  it.each([
    'src-renderer/main.ts',
    'src-renderer/ui/New.svelte',
    'src-main/hosts/cli/main.ts',
    'electron.vite.config.ts',
  ])('builds again what is older than %s', async (changed) => {
    put('out/built.json', '{ "target": null }', 30);
    expect((await serve()).stderr).toBe('');
    put(changed, '', 10);
    expect((await serve()).stderr).toBe('built for today\n');
  });

  it('takes what was built for older runtimes, but not the other way round', async () => {
    put('out/built.json', '{ "target": "node16" }', 30);
    expect((await serve()).stderr).toBe('');
    put('out/built.json', '{ "target": null }', 30);
    expect((await serve({ SECATEUR_TARGET: 'node16' })).stderr).toBe('built for node16\n');
  });

  it.each([[['list']], [['inspect', 'serve']], [['--json', 'show', '1']], [['--help']], [[]]])(
    'builds nothing for %j',
    async (args) => {
      expect((await run('bin/secateur.mjs', args)).stderr).toBe('');
      expect(existsSync(at('out'))).toBe(false);
    },
  );

  it('does without the sources, as an installed Secateur must', async () => {
    rmSync(at('src-renderer'), { recursive: true });
    expect((await serve()).stderr).toBe('');
  });

  it('does not serve when the application cannot be built', async () => {
    put('build/build-application.ts', `throw new Error('no builder')`, 60);
    const { code, stdout, stderr } = await serve();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/no builder[^]*\nsecateur: .* could not be built.* npm install .*\n$/);
  });
});

describe('npm start', () => {
  const start = (args: readonly string[], environment?: NodeJS.ProcessEnv) => run('bin/start.mjs', args, environment);

  it('serves the page where there is no Electron, and says so in a line', async () => {
    const { stdout, stderr } = await start(['--store', 'folder', '--no-sandbox']);
    expect(stdout).toBe('ran serve --store folder\n');
    expect(stderr).toMatch(/^secateur: no window, since there is no Electron in .*; serving .*\nbuilt for today\n$/);
  });

  it('does not serve what it was to connect to', async () => {
    const { code, stdout, stderr } = await start(['--connect', 'http://127.0.0.1:8000/']);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(/^secateur: --connect takes a window, and .*\n$/);
  });

  it.skipIf(process.platform !== 'linux')('opens the window where there are Electron and a display', async () => {
    put('electron/electron', standInElectron, 60);
    chmodSync(at('electron/electron'), 0o755);
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: at('electron'), DISPLAY: ':7', ELECTRON_RUN_AS_NODE: '1' };
    const { stdout, stderr } = await start(['--no-sandbox', '--store', 'folder'], environment);
    expect(stdout).toBe(`window ${folder}/ --no-sandbox --store folder\n`);
    expect(stderr).toBe('built for node16\n'); // that Electron is as old
  });
});

describe('a window', () => {
  const linux = { platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 };
  const dist = (...files: string[]): NodeJS.ProcessEnv => {
    for (const file of files) put(`dist/${file}`, '', 1);
    return { ELECTRON_OVERRIDE_DIST_PATH: at('dist') };
  };

  it('takes an Electron', () => {
    expect(findElectron({ ...linux, env: { ...linux.env, ...dist() } }, []).reason).toMatch(/no Electron in .*dist/);
  });

  it('takes a display on Linux', () => {
    const env = dist('electron');
    expect(findElectron({ ...linux, env }, []).reason).toBe('there is no display');
    for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) {
      expect(findElectron({ ...linux, env: { ...env, [name]: 'x' } }, []).program).toBe(at('dist/electron'));
    }
  });

  it('is opened as root only without the sandbox', () => {
    const root = { ...linux, env: { ...linux.env, ...dist('electron') }, uid: 0 };
    expect(findElectron(root, []).reason).toMatch(/--no-sandbox/);
    expect(findElectron(root, ['--no-sandbox']).program).toBe(at('dist/electron'));
  });

  it.each([
    { platform: 'win32', file: 'electron.exe' },
    { platform: 'darwin', file: 'Electron.app/Contents/MacOS/Electron' },
  ])('is opened by $file on $platform', ({ platform, file }) => {
    expect(findElectron({ platform, env: dist(file), uid: undefined }, []).program).toBe(at(`dist/${file}`));
  });

  it.each([
    ['45.4.1\n', undefined],
    ['v28.0.0', undefined],
    ['22.3.25', 'node16'],
    ['?', undefined],
  ])('of version %j is built for %s', (version, target) => {
    put('dist/version', version, 1);
    expect(targetFor({ program: at('dist/electron'), folder: at('dist') })).toBe(target);
  });
});
