// The workbench as `secateur serve` serves it, on a store of its own, with a page of a real browser on it.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { cliCommand, cliEnvironment } from '../../hosts/cli/cli-command.ts';
import { launchChromium } from './chromium.ts';

export interface ServedWorkbench {
  /** Those of the host that runs now. */
  readonly url: string;
  readonly host: ChildProcess;
  /** Ends the host at once, as a crash does. */
  crash(): Promise<void>;
  /** Starts it again on the same store, at the same port. */
  startAgain(): Promise<void>;
  /** A page of its own, as a person opens it; errors that it reports are collected. */
  openPage(options?: BrowserContextOptions): Promise<{ page: Page; errors: string[] }>;
  close(): Promise<void>;
}

async function startHost(store: string, port: string): Promise<{ host: ChildProcess; url: string }> {
  const [node, ...fixed] = cliCommand;
  const host = spawn(node, [...fixed, '--json', '--store', store, 'serve', '--port', port], {
    env: cliEnvironment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const text of host.stdout.setEncoding('utf8')) {
    printed += text as string;
    const url = /"url": ?"([^"]+)"/.exec(printed)?.[1];
    if (url !== undefined) return { host, url };
  }
  throw new Error(`secateur serve ended: ${printed}`);
}

/** @param store folder of the store */
export async function serveWorkbench(store: string): Promise<ServedWorkbench> {
  let { host, url } = await startHost(store, '0');
  let browser: Browser | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (host.exitCode !== null || host.signalCode !== null) return;
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.kill(signal);
    await ended;
  };
  return {
    get url() {
      return url;
    },
    get host() {
      return host;
    },
    crash: () => end('SIGKILL'),
    startAgain: async () => {
      ({ host, url } = await startHost(store, new URL(url).port));
    },
    openPage: async (options = {}) => {
      browser ??= await launchChromium();
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(url);
      return { page, errors };
    },
    close: async () => {
      await browser?.close();
      await end('SIGTERM');
    },
  };
}
