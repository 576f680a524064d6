// The application in a real Electron window, driven through Playwright.
// SECATEUR_ELECTRON_DIST names the folder of an Electron; without it, the one that npm installed is taken, if it is there.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, onTestFinished, vi, type TestContext } from 'vitest';
import { findElectron, targetFor } from '../../../bin/electron.mjs';
import type { AnswerOf, Channel, RequestOf } from '../../../src-main/contract/api/api.ts';
import type { ApplicationEvent } from '../../../src-main/contract/api/event.ts';
import type { Answer } from '../../../src-main/contract/api/message.ts';
import type { PageWindow } from '../../../src-main/contract/api/page-bridge.ts';
import type { Run } from '../../../src-main/contract/entity.ts';
import type { Recipe } from '../../../src-main/contract/recipe.ts';
import { removeFolder, temporaryFolder } from '../../store/temporary-folder.ts';
import { testDisplay } from './display.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const builder = fileURLToPath(new URL('../../../build/build-application.ts', import.meta.url));

export interface Runtime {
  readonly program: string;
  /** Of Electron, with its parts. */
  readonly folder: string;
  /** As SECATEUR_TARGET has it. */
  readonly target: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** What there is to run with, built if need be; skips the test with the reason where there is nothing. */
export async function prepareRuntime(context: TestContext): Promise<Runtime> {
  const dist = process.env.SECATEUR_ELECTRON_DIST;
  const display = await testDisplay();
  if ('reason' in display) context.skip(display.reason);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    DISPLAY: 'name' in display ? (display.name ?? process.env.DISPLAY) : undefined,
    ELECTRON_RUN_AS_NODE: undefined,
    ELECTRON_OVERRIDE_DIST_PATH: dist ?? process.env.ELECTRON_OVERRIDE_DIST_PATH,
    SECATEUR_STORE: undefined,
    LANGUAGE: 'en',
  };
  const found = findElectron({ platform: process.platform, env: environment, uid: undefined }, []);
  if (found.program === undefined) context.skip(`no window: ${found.reason}; SECATEUR_ELECTRON_DIST is not set`);
  else {
    const target = targetFor(found);
    build(target);
    return { ...found, target, environment };
  }
  throw new Error('unreachable: the test was skipped');
}

let built = false;

/** As `npm start` does: what is stale, for the runtime at hand. */
function build(target: string | undefined): void {
  if (built) return;
  const env = { ...process.env, ...(target !== undefined && { SECATEUR_TARGET: target }) };
  const { status, stderr } = spawnSync(process.execPath, [builder, '--if-stale'], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the application could not be built\n${stderr}`);
  built = true;
}

/** Chromium runs as root only so; the page is sandboxed where that is possible. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface OpenedWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly store: string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  readonly end: () => Promise<void>;
}

interface Opening {
  /** Its folder or archive; the project, unless it is packaged. */
  readonly application?: string;
  readonly store?: string;
  /** Beside the store; `--connect` has none. */
  readonly args?: readonly string[];
}

type Launch = Opening & { readonly store: string };

async function launch(context: TestContext, { application = project, store, args }: Launch): Promise<OpenedWindow> {
  const { program, environment } = await prepareRuntime(context);
  const app = await _electron.launch({
    executablePath: program,
    args: [...asRoot, application, ...(args ?? ['--store', store])],
    env: { ...environment, XDG_CONFIG_HOME: store },
    colorScheme: null,
  });
  const child = app.process();
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  };
  return { app, page: await app.firstWindow(), store, ended, end };
}

/** A window of the test's own. */
export async function openWindow(context: TestContext, opening: Opening = {}): Promise<OpenedWindow> {
  const store = opening.store ?? temporaryFolder();
  const opened = await launch(context, { ...opening, store });
  onTestFinished(opened.end);
  return opened;
}

/** One window for the tests of a file that leave it as it was; opened by the first. */
export function sharedWindow(): (context: TestContext) => Promise<OpenedWindow> {
  const store = mkdtempSync(join(tmpdir(), 'secateur-store-'));
  let opened: Promise<OpenedWindow> | null = null;
  afterAll(async () => {
    await (await opened)?.end();
    await removeFolder(store);
  });
  return (context) => (opened ??= launch(context, { store }));
}

/** Waits for what happens soon, on a busy machine later. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 50 });
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** Starts the application without looking inside, as a second start or one that is to be refused. */
export async function startProgram(context: TestContext, args: readonly string[]): Promise<Started> {
  const { program, environment } = await prepareRuntime(context);
  const child = spawn(program, [...asRoot, project, ...args], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stderr });
    });
  });
  return { child, finished };
}

/** Asks as the page does. */
export function ask(page: Page, channel: string, payload: unknown): Promise<Answer> {
  return page.evaluate(([name, request]) => (window as PageWindow).secateur!.call(name, request), [
    channel,
    payload,
  ] as const);
}

/** @throws Error with the problem, if that is the answer */
export async function call<C extends Channel>(page: Page, channel: C, request: RequestOf<C>): Promise<AnswerOf<C>> {
  const answer = await ask(page, channel, request);
  if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.problem)}`);
  return answer.value as AnswerOf<C>;
}

/** Gathers what the page hears from now on. @returns all of it so far */
export async function listen(page: Page): Promise<() => Promise<readonly ApplicationEvent[]>> {
  const heard = await page.evaluateHandle(() => {
    const events: ApplicationEvent[] = [];
    (window as PageWindow).secateur!.onEvents((batch) => {
      events.push(...batch);
    });
    return events;
  });
  return () => heard.jsonValue();
}

/** Starts a run and waits until its worker computes. @returns the run */
export async function startRun(page: Page, recipe: Recipe): Promise<Run> {
  const run = await call(page, 'runs.start', { recipe });
  await eventually(async () => {
    const { progress } = await call(page, 'runs.get', { id: run.id });
    if (progress === null) throw new Error('the worker has not said anything yet');
  });
  return run;
}

/** Waits for the end of a run. @returns it as the store has it */
export function endOf(page: Page, { id }: Run): Promise<Run> {
  return eventually(async () => {
    const { run, activity } = await call(page, 'runs.get', { id });
    if (activity !== null) throw new Error(`still ${activity}`);
    return run;
  });
}

/** Process ids of the workers that live. */
export function workersOf(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ name }) => name === 'Secateur worker')
      .map(({ pid }) => pid),
  );
}

/** The worker of the one run that goes on, once those that the page asked something have ended. */
export function workerOf(app: ElectronApplication): Promise<number> {
  return eventually(async () => {
    const workers = await workersOf(app);
    if (workers.length !== 1) throw new Error(`there are ${workers.length} workers`);
    return workers[0]!;
  });
}
