// A display of the tests' own, where nobody sees the windows: Xvfb on Linux; other systems have one anyway.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

export type Display = { readonly name: string | undefined } | { readonly reason: string };

let display: Promise<Display> | null = null;

/** Started once for a test file, and ended with it. */
export function testDisplay(): Promise<Display> {
  display ??= process.platform === 'linux' ? startXvfb() : Promise.resolve({ name: undefined });
  return display;
}

const started: (() => void)[] = [];
afterAll(() => {
  for (const end of started) end();
});

async function startXvfb(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const failed = once(server, 'error').then(([error]) => ({ reason: `no Xvfb here: ${(error as Error).message}` }));
  const ended = once(server, 'exit').then(() => ({ reason: 'Xvfb ended at once' }));
  const lines = createInterface({ input: server.stdio[3] as NodeJS.ReadableStream });
  const named = once(lines, 'line').then(([line]) => ({ name: `:${String(line)}` }));
  started.push(() => server.kill());
  return Promise.race([failed, ended, named]);
}
