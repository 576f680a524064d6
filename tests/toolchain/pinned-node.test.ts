// What the npm scripts run through: the Node that a script of ours gets, and the script behind a dependency's command.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { pinnedNode } from '../../bin/supported-node.mjs';

const run = (...args: string[]) => promisify(execFile)(process.execPath, ['build/pinned-node.mjs', ...args]);

it('gives a script of ours the pinned Node and its arguments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'secateur-pinned-'));
  const script = join(folder, 'script.ts');
  writeFileSync(script, 'console.log(JSON.stringify([process.execPath, ...process.argv.slice(2)]));');
  const { stdout } = await run(script, '--flag', 'two words');
  rmSync(folder, { recursive: true });
  expect(JSON.parse(stdout)).toEqual([pinnedNode(process)?.path ?? process.execPath, '--flag', 'two words']);
});

it.each([
  { command: 'tsc', name: 'typescript', spelled: 'Version ' },
  { command: 'prettier', name: 'prettier', spelled: '' },
])('finds $command in $name', async ({ command, name, spelled }) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  expect((await run(command, '--version')).stdout).toBe(`${spelled}${version}\n`);
});

it('says which command no dependency has', async () => {
  await expect(run('no-such-command')).rejects.toThrow('no development dependency has the command "no-such-command"');
});
