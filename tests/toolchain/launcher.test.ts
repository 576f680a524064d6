// The launcher, tried in a copy of bin/ beside a stand-in for the command line that reports what reached it.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseNode, isSupportedNode, nodeOptions } from '../../bin/supported-node.mjs';

const standIn = `
const [command] = process.argv.slice(2);
if (command === 'echo') console.log(JSON.stringify({ args: process.argv.slice(2), flags: process.execArgv }));
if (command === 'exit') process.exitCode = 7;
if (command === 'die') process.kill(process.pid, 'SIGKILL');
if (command === 'wait') {
  let interrupts = 0;
  process.on('SIGINT', () => {
    interrupts += 1;
    setTimeout(() => process.exit(40 + interrupts), 150); // a second delivery would arrive in between
  });
  setTimeout(() => process.exit(1), 20_000);
  console.log('ready');
}
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secateur-launcher-'));
  mkdirSync(join(folder, 'src-main/hosts/cli'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'src-main/hosts/cli/main.ts'), standIn);
  cpSync(resolve('bin'), join(folder, 'bin'), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// An older Node has no process.execve, so the launcher relays to a child there; this makes any Node such an older one.
const older = ['--import', 'data:text/javascript,delete process.execve'];
const ways =
  process.platform === 'win32'
    ? [{ way: 'child', flags: older }]
    : [
        { way: 'same process', flags: [] },
        { way: 'child', flags: older },
      ];

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Runs the launcher without a terminal; `interrupt` is called once it says that it is ready. */
function launch(args: readonly string[], interrupt?: (pid: number) => void): Promise<Outcome> {
  const launcher = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let output = '';
  launcher.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (text.includes('ready')) interrupt?.(launcher.pid!);
  });
  return new Promise((done) => {
    launcher.on('close', (code, signal) => {
      done({ code, signal, output });
    });
  });
}

describe.each(ways)('the launcher, command line in the $way', ({ flags }) => {
  const command = (...args: string[]) => [...flags, join(folder, 'bin/secateur.mjs'), ...args];

  it('passes the arguments on untouched, with the options of this Node before them', async () => {
    const args = ['echo', '--flag', 'two words', '', '*'];
    const { output, code } = await launch(command(...args));
    expect(code).toBe(0);
    const flags = nodeOptions({ version: process.versions.node, arch: process.arch });
    expect(JSON.parse(output)).toEqual({ args, flags });
  });

  it('ends with the exit code of the command line', async () => {
    expect((await launch(command('exit'))).code).toBe(7);
  });

  it('ends by the signal that ended the command line', async () => {
    expect((await launch(command('die'))).signal).toBe('SIGKILL');
  });

  it.skipIf(process.platform === 'win32').each([
    { to: 'the launcher alone', send: (pid: number) => process.kill(pid, 'SIGINT') },
    { to: 'its process group', send: (pid: number) => process.kill(-pid, 'SIGINT') },
  ])('hands one interrupt sent to $to over exactly once', async ({ send }) => {
    expect((await launch(command('wait'), send)).code).toBe(41);
  });
});

describe('the choice of Node', () => {
  it.each(['22.18.0', '22.23.2', 'v24.0.0', '24.21.0', '26.10.0'])('takes %s', (version) => {
    expect(isSupportedNode(version)).toBe(true);
  });

  it.each(['12.22.0', '20.20.2', '22.17.9', '23.11.0', '27.0.0', '24.0.0-nightly', ''])(
    'does not take %s',
    (version) => {
      expect(isSupportedNode(version)).toBe(false);
    },
  );

  it('prefers the pinned one to a supported one', () => {
    const current = { path: '/current', version: '24.21.0' };
    const pinned = { path: '/pinned', version: '24.0.0' };
    expect(chooseNode({ pinned, current })).toBe(pinned);
    expect(chooseNode({ pinned: undefined, current })).toBe(current);
  });

  it('names the version and the way out, in one line, where there is none', () => {
    const { problem } = chooseNode({ pinned: undefined, current: { path: '/current', version: '20.20.2' } });
    expect(problem).toMatch(/^secateur: needs .*20\.20\.2.*npm install.*$/);
  });
});

describe('the options of Node', () => {
  const quiet = '--disable-warning=ExperimentalWarning';

  it('pair vectors in WebAssembly only where that was tried', () => {
    const wide = [quiet, '--experimental-wasm-revectorize'];
    expect(nodeOptions({ version: '24.21.0', arch: 'x64' })).toEqual(wide);
    expect(nodeOptions({ version: '24.21.0', arch: 'arm64' })).toEqual([quiet]);
    expect(nodeOptions({ version: '22.18.0', arch: 'x64' })).toEqual([quiet]);
    expect(nodeOptions({ version: '26.0.0', arch: 'x64' })).toEqual([quiet]);
  });

  it('are known to the Node that runs these tests', async () => {
    const options = nodeOptions({ version: process.versions.node, arch: process.arch });
    const { code, output } = await launch([...options, '-e', 'console.log(JSON.stringify(process.execArgv))']);
    expect({ code, options: JSON.parse(output) as unknown }).toEqual({
      code: 0,
      options: [...options, '-e', expect.any(String)],
    });
  });
});
