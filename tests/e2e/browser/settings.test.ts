// What a person sets, and what the application says of itself, in a real browser.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { askHost } from './ask-host.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`settings (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.keyboard.press('Control+,');
    await page.getByRole('radio', { name: /^kernels/ }).waitFor();
  });

  const theme = (): Promise<string | null> => page.locator('html').getAttribute('data-theme');
  const choose = (group: string, name: string): Promise<void> =>
    page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click();
  const measure = (backend: string): Locator => page.getByRole('button', { name: `Measure: ${backend}` });

  it('has nothing that keeps anybody out', async () => {
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('the theme and the language change at once, and stay', async () => {
    await choose('Theme', 'Dark');
    await page.locator('html[data-theme=dark]').waitFor();
    await page.reload();
    expect(await theme()).toBe('dark');
    await page.getByRole('radiogroup', { name: 'Language' }).waitFor();
    await choose('Language', '简体中文');
    await page.getByRole('heading', { name: '设置' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await choose('语言', 'English');
    await choose('Theme', 'As the system');
    await page.locator('html[data-theme=light]').waitFor();
  });

  it('colours, backend and concurrency reach the store; what cannot be is said and not kept', async () => {
    await choose('Categories in charts', 'Tol bright');
    await choose('Magnitudes', 'Cividis');
    await choose('Backend of new runs', 'cpu');
    const concurrent = page.getByRole('textbox', { name: 'Runs at the same time' });
    await concurrent.fill('4');
    await page.getByRole('radio', { name: /^cpu/, checked: true }).waitFor();
    const kept = { palette: 'tol-bright', scale: 'cividis', backend: 'cpu', concurrentRuns: 4 };
    await expect.poll(() => askHost(page, 'settings.read', null)).toMatchObject(kept);
    await concurrent.fill('0');
    await page.getByText('A whole number from 1 to 64.').waitFor();
    expect(await askHost(page, 'settings.read', null)).toMatchObject(kept);
    await page.reload();
    expect(await concurrent.inputValue()).toBe('4');
  });

  it('measures a backend, and says why one does not load', async () => {
    await measure('kernels').click();
    await page.getByText(/^[\d.]+\s(ns|µs|ms) update$/).waitFor();
    await measure('tensorflow').click();
    const answer = page.getByText('does not load here').or(page.getByText(/ update$/).nth(1));
    await answer.waitFor();
  });

  it('shows where the store is, and the words of every licence', async () => {
    const { storeFolder } = await askHost(page, 'application.about', null);
    await page.getByText(storeFolder, { exact: true }).waitFor();
    await page.getByText('Licences of everything that is shipped').click();
    await page.getByRole('searchbox', { name: 'Search packages' }).fill('better-sqlite');
    await page.getByText('1 package', { exact: true }).waitFor();
    await page.getByText('better-sqlite3').click();
    await page.getByText('Permission is hereby granted').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
