// Everything by a few letters, in a real browser.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { askHost } from './ask-host.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`the command palette (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('button', { name: 'Open the sample agent' }).waitFor();
    await askHost(page, 'models.import-sample', null);
    await page.getByRole('article', { name: 'CartPole-v1' }).waitFor();
  });

  const field = (): Locator => page.getByRole('dialog').getByRole('combobox');
  const chosen = (): Locator => page.getByRole('dialog').getByRole('option', { selected: true });
  const open = async (): Promise<void> => {
    await page.keyboard.press('Control+Shift+P');
    await field().waitFor();
  };

  it('opens from the keyboard, can be read by everybody, and closes without a trace', async () => {
    await page.getByRole('link', { name: 'CartPole-v1' }).focus();
    await open();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
    expect(await page.locator(':focus').textContent()).toBe('CartPole-v1');
  });

  it('runs what is meant, by keyboard alone', async () => {
    await open();
    await page.keyboard.type('theme dark');
    expect(await chosen().textContent()).toContain('Theme: dark');
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme=dark]').waitFor();
    await open();
    expect(await chosen().textContent()).toContain('Theme: dark');
    await page.keyboard.type('theme system');
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme=light]').waitFor();
  });

  it('goes to places, projects and models', async () => {
    await open();
    await page.keyboard.type('settings');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/settings$/);
    await open();
    await page.keyboard.type('about');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'About' }).waitFor();
    await open();
    await page.keyboard.type('go projects');
    await page.keyboard.press('Enter');
    await open();
    await page.keyboard.type('search projects');
    await page.keyboard.press('Enter');
    await page.locator('[role=searchbox]:focus').waitFor();
    await open();
    await page.keyboard.type('dqn cart');
    await page.getByRole('dialog').getByRole('option', { name: 'dqn-CartPole-v1' }).click();
    await page.waitForURL(/#\/model\//);
    await page.getByRole('button', { name: 'Commands' }).click();
    await page.keyboard.type('cartpole');
    await page.getByRole('dialog').getByRole('option', { name: 'CartPole-v1 Project', exact: true }).click();
    await page.waitForURL(/#\/project\//);
  });

  it('the arrows go round, and what is not to be found is said', async () => {
    await open();
    const first = await chosen().textContent();
    await page.keyboard.press('ArrowUp');
    expect(await chosen().textContent()).not.toBe(first);
    await page.keyboard.press('ArrowDown');
    expect(await chosen().textContent()).toBe(first);
    await page.keyboard.type('qqqq');
    await page.getByText('Nothing is called anything like “qqqq”.').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Shift+P');
    await field().waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });
});
