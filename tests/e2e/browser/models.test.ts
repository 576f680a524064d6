// The models of a project in a real browser: as a tree that keeps a thousand of them, and as a table.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/store.ts';
import { sampleModel, sampleProject } from '../../store/sample-entities.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

const MANY = 1000;

/** One dense model, and a thousand that were made from it. */
async function fill(folder: string): Promise<void> {
  let ids = 0;
  const store = await openStore({
    folder,
    clock: () => 1_700_000_000_000,
    ids: () => `id-${String(++ids).padStart(6, '0')}`,
  });
  const project = sampleProject(store);
  const dense = await sampleModel(store, project.id);
  store.models.rename(dense.id, 'dense');
  const { projectId, runId, description, artifactHash } = dense;
  const same = { projectId, runId, description, artifactHash };
  for (let index = 0; index < MANY; index++) {
    const counts = { ...dense.counts, nonzeroWeights: 40 - (index % 40) };
    store.models.create({ ...same, name: `pruned ${index}`, parentId: dense.id, source: null, counts });
  }
  store.close();
}

describe.skipIf(chromiumPath === undefined)(`models (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile(fill);
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('link', { name: 'Cart and pole' }).click();
    await item('dense').waitFor();
  });

  const tree = (): Locator => page.getByRole('tree');
  const item = (name: string): Locator => tree().getByTitle(name, { exact: true });
  const active = async (): Promise<string | null> => {
    const id = await tree().getAttribute('aria-activedescendant');
    return page.locator(`[id="${id}"]`).getAttribute('title');
  };

  it('renders what is in view of a thousand models, and the keyboard reaches the last', async () => {
    expect(await findingsInBothThemes(page)).toEqual([]);
    expect(await tree().getByRole('treeitem').count()).toBeLessThan(60);
    await tree().focus();
    await page.keyboard.press('End');
    await item(`pruned ${MANY - 1}`).waitFor();
    expect(await active()).toBe(`pruned ${MANY - 1}`);
    expect(await item(`pruned ${MANY - 1}`).getAttribute('aria-posinset')).toBe(String(MANY));
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await item('pruned 0').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await active()).toBe('pruned 0');
  });

  it('several are selected with the keyboard and the mouse, and compared', async () => {
    await page.keyboard.press(' ');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('complementary').getByRole('button', { name: 'Compare 3' }).waitFor();
    await item('pruned 5').click({ modifiers: ['ControlOrMeta'] });
    await item('pruned 0').click({ modifiers: ['ControlOrMeta'] });
    await tree().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/compare\/(id-\d+%2C){2}id-\d+$/);
    await page.keyboard.press('Escape');
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /Compare/ })
      .waitFor({ state: 'detached' });
  });

  it('the model that is opened joins what is selected next', async () => {
    await item('pruned 2').click();
    await page.waitForURL(/#\/model\//);
    expect(await item('pruned 2').getAttribute('aria-current')).toBe('page');
    await item('pruned 4').click({ modifiers: ['ControlOrMeta'] });
    await page.getByRole('complementary').getByRole('button', { name: 'Compare 2' }).waitFor();
    await tree().focus();
    await page.keyboard.press('Escape');
  });

  it('a model is renamed where it stands, deleted, and brought back', async () => {
    await tree().focus();
    await item('pruned 3').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.keyboard.type('smaller\n');
    await item('smaller').waitFor();
    await page.keyboard.press('Delete');
    await item('smaller').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Z');
    await item('smaller').waitFor();
  });

  it('the list is as wide as it was made, after a reload too', async () => {
    const edge = page.getByRole('separator');
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 16);
    await page.reload();
    await edge.waitFor();
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 16);
  });

  it('the table sorts by any figure, and selects for the same comparison', async () => {
    await page.getByRole('complementary').getByRole('link', { name: 'Cart and pole' }).click();
    const table = page.getByRole('table');
    const first = (): Locator => table.locator('tbody').getByRole('row').first();
    await table.getByRole('button', { name: 'Removed' }).click();
    await first().getByText('97.9').waitFor();
    await table.getByRole('button', { name: 'Removed' }).click();
    expect(await table.getByRole('columnheader', { name: 'Removed' }).getAttribute('aria-sort')).toBe('ascending');
    await first().getByRole('checkbox').check();
    await table.getByRole('checkbox').nth(1).check();
    await page.getByRole('main').getByRole('button', { name: 'Compare 2' }).click();
    await page.waitForURL(/#\/compare\//);
  });

  it('a project that is not there says so', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/project/nobody`);
    await page.getByText('This project is not here').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'All projects' }).click();
    await page.getByRole('link', { name: 'Cart and pole' }).waitFor();
    expect(errors).toEqual([]);
  });
});
