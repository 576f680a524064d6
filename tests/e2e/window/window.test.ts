// The application in a real window: page, contract, store and workers together.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { evaluateRecipe, trainRecipe } from '../../contract/recipes.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { call, endOf, listen, eventually, openWindow, sharedWindow, startProgram, startRun } from './open-window.ts';

/** For tests that do without one of their own. */
const window = sharedWindow();

it('opens with the page, which reaches its host', async (context) => {
  const { page, store } = await window(context);
  expect(page.url()).toBe('app://secateur/');
  expect(await page.title()).toBe('Secateur');
  const about = await call(page, 'application.about', null);
  expect(about.door).toBe('window');
  expect(about.storeFolder).toBe(store);
  expect(about.versions.electron).toMatch(/^\d+\.\d+\.\d+/);
});

it('imports an agent and evaluates it in a worker, and the page hears of it', async (context) => {
  const { page } = await window(context);
  const heard = await listen(page);
  const { model } = await call(page, 'models.import-sample', null);
  const started = await call(page, 'runs.start', { recipe: evaluateRecipe({ kind: 'model', id: model.id }) });
  expect((await endOf(page, started)).status).toBe('finished');

  const { test } = await call(page, 'models.get', { id: model.id });
  // The published agent never fails on CartPole, whose return ends at 500.
  expect(test?.report.summary.mean).toBe(500);
  await eventually(async () => {
    const statuses = (await heard()).flatMap((event) => (event.type === 'run' ? [event.run.status] : []));
    expect(statuses.at(-1)).toBe('finished');
  });
  const types = new Set((await heard()).map(({ type }) => type));
  expect([...types]).toEqual(expect.arrayContaining(['project', 'run', 'progress']));
});

it('takes the bytes of a file that the page read', async (context) => {
  const { app, page } = await window(context);
  const encoded = readFileSync(sampleAgent).toString('base64');
  const answer = await page.evaluate(async (content) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const file = { name: 'dqn-CartPole-v1.zip', bytes };
    const bridge = (window as unknown as { secateur: { call(name: string, payload: unknown): Promise<unknown> } })
      .secateur;
    return bridge.call('models.import', { file, normalizer: null, environment: null });
  }, encoded);
  expect(answer).toMatchObject({ ok: true, value: { project: { environmentId: 'CartPole-v1' } } });
  expect(app.windows()).toHaveLength(1);
});

it('a second start on the same store brings the window to the front, and ends', async (context) => {
  const { app, store } = await window(context);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]!.hide();
  });
  const { finished } = await startProgram(context, ['--store', store]);
  const { code, stderr } = await finished;
  expect(code).toBe(0);
  expect(stderr).toMatch(/open already/);
  await eventually(async () => {
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())).toBe(true);
  });
});

it('two stores have two windows', async (context) => {
  const first = await openWindow(context);
  const second = await openWindow(context);
  for (const { page, store } of [first, second]) {
    expect((await call(page, 'application.about', null)).storeFolder).toBe(store);
  }
});

it('opens where it was closed', async (context) => {
  const store = temporaryFolder();
  const place = { x: 60, y: 40, width: 1100, height: 700 };
  const first = await openWindow(context, { store });
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]!.setBounds(bounds);
  }, place);
  await eventually(async () => {
    expect(await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(
      place,
    );
  });
  await first.app.close();

  const second = await openWindow(context, { store });
  expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getNormalBounds())).toEqual(
    place,
  );
});

it('the menu says commands to the page, in the language that is set', async (context) => {
  const { app, page } = await window(context);
  const heard = await listen(page);
  const labels = () =>
    app.evaluate(({ Menu }) =>
      ['open-file', 'export', 'palette', 'settings'].map((id) => {
        const item = Menu.getApplicationMenu()!.getMenuItemById(id)!;
        return { label: item.label, accelerator: String(item.accelerator) };
      }),
    );
  expect(await labels()).toEqual([
    { label: 'Import…', accelerator: 'CommandOrControl+O' },
    { label: 'Export…', accelerator: 'CommandOrControl+Shift+E' },
    { label: 'Command Palette…', accelerator: 'CommandOrControl+Shift+P' },
    { label: 'Settings…', accelerator: 'CommandOrControl+,' },
  ]);
  await app.evaluate(({ Menu }) => {
    (Menu.getApplicationMenu()!.getMenuItemById('palette')!.click as () => void)();
  });
  await eventually(async () => {
    expect(await heard()).toContainEqual({ type: 'command', command: 'palette' });
  });
  await call(page, 'settings.write', { language: 'zh', theme: 'dark' });
  await eventually(async () => {
    expect((await labels()).map(({ label }) => label)).toEqual(['导入…', '导出…', '命令面板…', '设置…']);
  });
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

it('chooses a folder in the dialog of the system', async (context) => {
  const { app, page } = await window(context);
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = ((_window: unknown, options: { defaultPath?: string }) =>
      Promise.resolve({ canceled: false, filePaths: [`${options.defaultPath ?? ''}/chosen`] })) as never;
  });
  expect(await call(page, 'system.choose-folder', { title: 'Export to', startIn: '/home' })).toBe('/home/chosen');
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
  });
  expect(await call(page, 'system.choose-folder', { title: 'Export to', startIn: null })).toBeNull();
});

it('a page whose process dies is loaded again, while the run goes on', async (context) => {
  const { app, page } = await window(context);
  const run = await startRun(page, trainRecipe({ steps: 10_000_000 }));
  const evaluate = (script: string): Promise<unknown> =>
    app.evaluate(
      ({ BrowserWindow }, text) =>
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(text) as Promise<unknown>,
      script,
    );
  await evaluate('window.before = true');
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!;
        webContents.once('did-finish-load', resolve);
        webContents.forcefullyCrashRenderer();
      }),
  );
  expect(await evaluate('window.before')).toBeUndefined();
  const question = `secateur.call('runs.get', { id: '${run.id}' }).then(({ value }) => value.activity)`;
  expect(await evaluate(question)).toBe('going');
});
