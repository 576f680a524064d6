// What people see while something runs: a bar with rate and time left on a terminal, lines elsewhere; and --help.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sampleAgent } from '../../services/sample-services.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { cliCommand, cliEnvironment } from './cli-command.ts';
import { outputOf, runCli } from './start-cli.ts';

const prune = (): string[] => [
  ...['--store', join(temporaryFolder(), 'store'), 'prune', sampleAgent],
  ...['--sparsity', '0.9', '--recovery', 'distill', '--updates', '500', '--episodes', '4'],
];

describe('progress', () => {
  it('on a terminal is a bar that redraws itself, with rate and time left, gone in the end', (context) => {
    const command = [...cliCommand, ...prune()].map((part) => `'${part}'`).join(' ');
    // util-linux: runs a command in a pseudo-terminal and prints what it showed.
    const { error, stdout, status } = spawnSync('script', ['-qec', `stty cols 100; ${command}`, '/dev/null'], {
      encoding: 'utf8',
      env: { ...cliEnvironment, TERM: 'xterm' },
    });
    if (error !== undefined) context.skip(`no pseudo-terminal here: ${error.message}`);
    expect(status).toBe(0);
    const drawn = stdout.split('\r\x1b[2K');
    const bars = drawn.filter((text) => /^[━─]{8,24}/.test(stripVTControlCharacters(text)));
    expect(bars.length).toBeGreaterThan(3);
    expect(bars.some((bar) => /━.*\d+\/500 \d.* updates\/s, .* left/.test(bar))).toBe(true);
    for (const bar of bars.slice(0, -1)) expect(stripVTControlCharacters(bar).length).toBeLessThan(100);
    expect(drawn.at(-1)).toMatch(/^\d+\s\d+\sof\s67\s072\sweights/);
  });

  it('elsewhere is plain lines, few of them, and the results are apart', async () => {
    const { code, stdout, stderr } = await runCli(...prune());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\s\d+\sof\s67\s072\sweights/);
    expect(stdout + stderr).not.toContain('\x1b');
    expect(stderr).toMatch(/^opened dqn-CartPole-v1$/m);
    expect(stderr).toMatch(/^the dense policy on validation seeds: 0\/4 episodes$/m);
    expect(stderr.split('\n').length).toBeLessThan(20);
  });
});

describe('help', () => {
  it('shows the way in, and what exit codes mean', async () => {
    const help = await outputOf('--help');
    expect(help).toMatch(/A first tour\n {2}secateur demo/);
    expect(help).toMatch(/130 aborted/);
  });

  it('of a command has examples, and the options that all commands have', async () => {
    const help = await outputOf('prune', '--help');
    expect(help).toMatch(/Examples\n {2}secateur prune /);
    expect(help).toMatch(/--threshold <lambda>/);
    expect(help).toMatch(/--store <folder>/);
  });

  it('of methods names all there is, one under the other', async () => {
    const methods = await outputOf('methods');
    for (const name of ['l1', 'erk', 'polynomial', 'distill', 'MountainCar-v0', 'zoo-cartpole']) {
      expect(methods).toMatch(new RegExp(`^ {2}${name} {2,}\\S`, 'm'));
    }
  });
});

describe.skipIf(process.platform === 'win32')('standard output', () => {
  const shell = (pipe: string) =>
    spawnSync('bash', ['-c', `set -o pipefail; "$@" ${pipe}`, 'bash', ...cliCommand, 'methods'], {
      encoding: 'utf8',
      env: cliEnvironment,
    });

  it('may be closed early', () => {
    const { status, stderr } = shell('| head -c 1');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(process.platform !== 'linux')('may be full, which is said', () => {
    const { status, stderr } = shell('> /dev/full');
    expect(status).toBe(6);
    expect(stderr).toMatch(/^error: the disk is full/);
  });
});
