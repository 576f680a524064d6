// A window on a host that runs elsewhere, and what else the window may be started with.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startCli } from '../../hosts/cli/start-cli.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { eventually, openWindow, prepareRuntime, startProgram } from './open-window.ts';

it('shows the page of a served host, which gets nothing of this process', async (context) => {
  await prepareRuntime(context); // the page is built with it
  const host = startCli('--store', temporaryFolder(), '--json', 'serve');
  let said = '';
  host.child.stdout!.on('data', (text: string) => (said += text));
  const url = await eventually(() => (JSON.parse(said) as { url: string }).url);

  const { app, page } = await openWindow(context, { args: ['--connect', url] });
  await page.waitForLoadState();
  expect(page.url().split('#')[0]).toBe(url.split('#')[0]);
  expect(await page.evaluate(() => 'secateur' in window)).toBe(false);
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
  await page.evaluate(() => {
    location.href = 'http://localhost:1/';
  });
  expect(await page.evaluate(() => `${document.title} ${location.host}`)).toBe(`Secateur ${new URL(url).host}`);
  // Nobody hears commands there.
  expect(await app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('palette'))).toBeNull();
  host.child.kill('SIGTERM');
  await host.finished;
});

it.for([
  { args: ['--connect', 'https://127.0.0.1:8000/'], code: 2, says: /only http on the loopback interface/ },
  { args: ['--connect', 'http://192.168.1.5:8000/#token=secret'], code: 2, says: /192\.168\.1\.5 is not this machine/ },
  { args: ['--connect', 'elsewhere'], code: 2, says: /not an address/ },
  { args: ['--connect', 'http://127.0.0.1:1/'], code: 6, says: /no Secateur answers at http:\/\/127\.0\.0\.1:1\// },
  { args: ['--connect=http://127.0.0.1:8000/', '--store', 'here'], code: 2, says: /exclude each other/ },
  { args: ['--store', fileURLToPath(import.meta.url)], code: 2, says: /is a file, not a folder/ },
])('$args is refused with what is wrong', async ({ args, code, says }, context) => {
  const { finished } = await startProgram(context, args);
  const ended = await finished;
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).not.toContain('secret');
  expect(ended.code).toBe(code);
});
