// What a page could try that somebody else's code runs in, in a real window: each rule of hosts/electron/security holds.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ask, eventually, sharedWindow, type OpenedWindow } from './open-window.ts';

const openWindow = sharedWindow();
const preload = fileURLToPath(new URL('../../../out/preload/index.cjs', import.meta.url));

/** Has the system's browser remembered instead of opened. @returns what it was to open so far */
async function catchOutside({ app }: OpenedWindow): Promise<() => Promise<readonly string[]>> {
  const opened = await app.evaluateHandle(({ shell }) => {
    const addresses: string[] = [];
    shell.openExternal = (address) => {
      addresses.push(address);
      return Promise.resolve();
    };
    return addresses;
  });
  return () => opened.jsonValue();
}

it('there is no Node in the page, and of the host two functions', async (context) => {
  const { app, page } = await openWindow(context);
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
      (name) => name in window,
    ),
    bridge: Object.keys((window as unknown as { secateur: object }).secateur).sort(),
  }));
  expect(found).toEqual({ node: [], bridge: ['call', 'onEvents'] });
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

it.for(['https://example.org/', 'file:///etc/passwd', 'app://other/', 'data:text/html,<p>elsewhere'])(
  'the page does not go to %s',
  async (address, context) => {
    const opened = await openWindow(context);
    const outside = await catchOutside(opened);
    const { page } = opened;
    await page.evaluate(() => {
      (window as unknown as { mark: number }).mark = 1;
    });
    await page.evaluate((target) => {
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
    }, address);
    // Whatever it starts has been judged once a later question is answered.
    expect((await ask(page, 'application.about', null)).ok).toBe(true);
    expect(page.url()).toBe('app://secateur/');
    expect(await page.evaluate(() => (window as unknown as { mark?: number }).mark)).toBe(1);
    expect(await outside()).toEqual([]);
  },
);

it('opens no window; a known site goes to the browser of the person', async (context) => {
  const opened = await openWindow(context);
  const outside = await catchOutside(opened);
  const { app, page } = opened;
  const paper = 'https://arxiv.org/abs/1803.03635';
  for (const address of [paper, 'https://example.org/', 'http://arxiv.org/', 'file:///etc/passwd', 'about:blank']) {
    expect(await page.evaluate((target) => window.open(target) === null, address)).toBe(true);
  }
  await page.evaluate((target) => {
    location.href = target;
  }, paper);
  await eventually(async () => {
    expect(await outside()).toEqual([paper, paper]);
  });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

it('runs no inline script and no text as code, embeds no frame, and fetches from nowhere else', async (context) => {
  const { page } = await openWindow(context);
  const violations = await page.evaluateHandle(() => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      directives.push(effectiveDirective);
    });
    return directives;
  });
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    const laterText: unknown = 'window.evaluated = true';
    setTimeout(laterText as () => void);
    const image = document.createElement('img');
    const frame = document.createElement('iframe');
    image.src = 'https://example.org/pixel.png';
    frame.src = 'app://secateur/';
    document.body.append(image, frame);
    const fetched = await fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    );
    return { ran: 'ran' in window, framed: frame.contentDocument?.title === 'Secateur', fetched };
  });
  expect(outcome).toEqual({ ran: false, framed: false, fetched: 'refused' });
  await eventually(async () => {
    expect(await violations.jsonValue()).toEqual(
      expect.arrayContaining(['script-src-elem', 'script-src', 'img-src', 'frame-src', 'connect-src']),
    );
  });
  expect(await page.evaluate(() => 'evaluated' in window)).toBe(false);
});

it('the protocol knows the files of the page and nothing else', async (context) => {
  const { page } = await openWindow(context);
  const statuses = await page.evaluate(async () => {
    const addresses = ['/', '/index.html', '/../package.json', '/%2e%2e/package.json', '/assets/', '/etc/passwd'];
    return Promise.all(addresses.map(async (address) => (await fetch(address)).status));
  });
  expect(statuses).toEqual([200, 200, 404, 404, 404, 404]);
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
  expect(policy).toMatch(/default-src 'none'.*script-src 'self'/);
});

it('grants nothing but writing to the clipboard', async (context) => {
  const { page } = await openWindow(context);
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write'];
    const state = (name: string): Promise<string> =>
      navigator.permissions.query({ name: name as PermissionName }).then(
        (status) => status.state,
        () => 'unknown',
      );
    return Promise.all(names.map(async (name) => [name, await state(name)] as const));
  });
  expect(states.filter(([, state]) => state === 'granted').map(([name]) => name)).toEqual(['clipboard-write']);
  const denied = await page.evaluate(async () => ({
    notification: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: unknown) => (error as Error).name,
    ),
  }));
  expect(denied.notification).toBe('denied');
  expect(denied.camera).not.toBe('granted');
});

it('another page with the same preload is refused by the host', async (context) => {
  const { app, page } = await openWindow(context);
  const answer = await app.evaluate(async ({ BrowserWindow }, script) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true } });
    await other.loadURL('data:text/html,<title>elsewhere</title>');
    const question = `secateur.call('application.about', null)`;
    return (await other.webContents.executeJavaScript(question)) as unknown;
  }, preload);
  expect(answer).toMatchObject({ ok: false, problem: { code: 'UntrustedSenderError', kind: 'refused' } });
  expect((await ask(page, 'application.about', null)).ok).toBe(true);
});

it('what is not in the contract is answered with a problem', async (context) => {
  const { page } = await openWindow(context);
  expect(await ask(page, 'system.format-disk', null)).toMatchObject({
    ok: false,
    problem: { code: 'UnknownChannelError' },
  });
  expect(await ask(page, 'models.get', { id: 7 })).toMatchObject({ ok: false, problem: { code: 'BadRequestError' } });
  expect(await ask(page, 7 as never, null)).toMatchObject({ ok: false, problem: { code: 'NotARequestError' } });
});
