// Runs and the window that shows them: workers that die, a window that closes, a process that is ended.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { trainRecipe } from '../../contract/recipes.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import {
  call,
  endOf,
  eventually,
  openWindow,
  sharedWindow,
  startRun,
  workersOf,
  type OpenedWindow,
} from './open-window.ts';

/** For tests that do without one of their own. */
const window = sharedWindow();

/** Goes on for hours. */
const endless = trainRecipe({ steps: 100_000_000 });

/** Has the question answered as if the person chose the nth button. @returns what was asked so far */
async function answerQuestion({ app }: OpenedWindow, button: number): Promise<() => Promise<readonly string[]>> {
  const asked = await app.evaluateHandle(({ dialog }, response) => {
    const messages: string[] = [];
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      messages.push(message);
      return Promise.resolve({ response, checkboxChecked: false });
    }) as never;
    return messages;
  }, button);
  return () => asked.jsonValue();
}

function closeWindow({ app }: OpenedWindow): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]!.close();
  });
}

const isVisible = ({ app }: OpenedWindow): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible());

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const gone = (pids: readonly number[]): Promise<void> =>
  eventually(() => {
    expect(pids.filter(isAlive)).toEqual([]);
  });

it('a worker that is killed has failed, and the window lives', async (context) => {
  const { app, page } = await window(context);
  const started = await startRun(page, endless);
  const workers = await workersOf(app);
  expect(workers).toHaveLength(1);
  process.kill(workers[0]!, 'SIGKILL');
  const run = await endOf(page, started);
  expect(run.status).toBe('failed');
  expect(run.problem?.code).toBe('WorkerDiedError');
  expect((await call(page, 'application.about', null)).door).toBe('window');
});

it('pauses, continues, stops and cancels, and no worker is left over', async (context) => {
  const { app, page } = await window(context);
  const stopped = await startRun(page, endless);
  const activity = async (): Promise<unknown> => (await call(page, 'runs.get', { id: stopped.id })).activity;
  await call(page, 'runs.pause', { id: stopped.id });
  await eventually(async () => {
    expect(await activity()).toBe('paused');
  });
  await call(page, 'runs.continue', { id: stopped.id });
  expect(await activity()).toBe('going');
  await call(page, 'runs.stop', { id: stopped.id });
  expect((await endOf(page, stopped)).status).toBe('finished');

  const cancelled = await startRun(page, endless);
  await call(page, 'runs.cancel', { id: cancelled.id });
  expect((await endOf(page, cancelled)).status).toBe('cancelled');
  await eventually(async () => {
    expect(await workersOf(app)).toEqual([]);
  });
});

it('closes without a question when nothing is going on', async (context) => {
  const opened = await openWindow(context);
  const asked = await answerQuestion(opened, 3);
  expect(await asked()).toEqual([]);
  await Promise.all([opened.ended, closeWindow(opened).catch(() => undefined)]);
  expect(await opened.ended).toBe(0);
});

it('closing with a run going on asks, and stays if that is the answer', async (context) => {
  const opened = await window(context);
  const run = await startRun(opened.page, endless);
  const asked = await answerQuestion(opened, 3);
  await closeWindow(opened);
  await eventually(async () => {
    expect(await asked()).toEqual(['A run is still going on.']);
  });
  expect(await isVisible(opened)).toBe(true);
  expect((await call(opened.page, 'runs.get', { id: run.id })).activity).toBe('going');
  await call(opened.page, 'runs.cancel', { id: run.id });
});

it('in the background the run goes on, a second start brings the window back, and the end of the run ends all', async (context) => {
  const opened = await openWindow(context);
  const { app, page } = opened;
  const run = await startRun(page, endless);
  await answerQuestion(opened, 0);
  await closeWindow(opened);
  await eventually(async () => {
    expect(await isVisible(opened)).toBe(false);
  });
  expect((await call(page, 'runs.get', { id: run.id })).activity).toBe('going');
  await app.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, [], '', { connect: null });
  });
  expect(await isVisible(opened)).toBe(true);
  await closeWindow(opened);
  await eventually(async () => {
    expect(await isVisible(opened)).toBe(false);
  });
  await call(page, 'runs.cancel', { id: run.id }).catch(() => undefined);
  expect(await opened.ended).toBe(0);
});

it.for([
  { choice: 'stop and keep', button: 1, status: 'finished' },
  { choice: 'cancel', button: 2, status: 'cancelled' },
])('closing with the choice to $choice ends the run and then the window', async ({ button, status }, context) => {
  const store = temporaryFolder();
  const opened = await openWindow(context, { store });
  const run = await startRun(opened.page, endless);
  await answerQuestion(opened, button);
  await closeWindow(opened);
  expect(await opened.ended).toBe(0);
  const again = await openWindow(context, { store });
  expect((await call(again.page, 'runs.get', { id: run.id })).run.status).toBe(status);
});

it('a signal interrupts the run, which is found at the next start; no worker is left over', async (context) => {
  const store = temporaryFolder();
  const opened = await openWindow(context, { store });
  const run = await startRun(opened.page, endless);
  const workers = await workersOf(opened.app);
  opened.app.process().kill('SIGTERM');
  expect(await opened.ended).toBe(0);
  await gone(workers);
  const again = await openWindow(context, { store });
  expect((await call(again.page, 'runs.get', { id: run.id })).run.status).toBe('interrupted');
});

it('a host that is killed takes its workers with it', async (context) => {
  const opened = await openWindow(context);
  await startRun(opened.page, endless);
  const workers = await workersOf(opened.app);
  expect(workers).toHaveLength(1);
  opened.app.process().kill('SIGKILL');
  await opened.ended;
  await gone(workers);
});

it.skipIf(!existsSync('/proc'))('the heap of a worker is bounded', async (context) => {
  const { app, page } = await window(context);
  const run = await startRun(page, endless);
  const [worker] = await workersOf(app);
  expect(readFileSync(`/proc/${String(worker)}/cmdline`, 'utf8')).toContain('--max-old-space-size=1024');
  await call(page, 'runs.cancel', { id: run.id });
});
