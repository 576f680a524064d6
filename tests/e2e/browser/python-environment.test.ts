// Environments of a person's own Python, from the setting to an agent that is seen to play, in a real browser.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PYTHON, whyNoPython } from '../../workers/gymnasium/stand-in.ts';
import { askHost } from './ask-host.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

const MODULES = fileURLToPath(new URL('../../fixtures/gymnasium-stand-in/', import.meta.url));
const reason = chromiumPath === undefined ? NO_CHROMIUM : whyNoPython;

describe.skipIf(reason !== null)(`environments of Python (skipped where there is ${reason ?? 'a reason'})`, () => {
  let python = '';
  const workbench = workbenchOfAFile((folder) => {
    python = join(folder, 'python');
    writeFileSync(python, `#!/bin/sh\nPYTHONPATH='${MODULES}' exec '${PYTHON}' "$@"\n`, { mode: 0o755 });
  });
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
  });

  it('are those of the Python that is set', async () => {
    await page.keyboard.press('Control+,');
    const field = page.getByRole('textbox', { name: 'Python with Gymnasium' });
    await field.fill(python);
    await field.press('Enter');
    await expect.poll(() => askHost(page, 'settings.read', null)).toMatchObject({ python });
  });

  const name = async (environment: string): Promise<void> => {
    await page.goto(`${new URL(page.url()).origin}/#/train`);
    const field = page.getByRole('textbox', { name: 'Or one of Gymnasium' });
    await field.fill(environment);
    await field.press('Enter');
  };

  it('says what Python says of a name that it does not know', async () => {
    await name('gym:Nothing-v3');
    await page.getByText("Environment `Nothing-v3` doesn't exist").waitFor();
  });

  it('offers settings for one that it knows, and its picture', async () => {
    await name('Counter-v0');
    await page.getByRole('radio', { name: 'Counter-v0', checked: true }).waitFor({ state: 'attached' });
    await page.getByText('defaults of its PPO class').waitFor();
    const drawn = page.locator('label', { hasText: 'Counter-v0' }).locator('canvas');
    // The picture's upper left pixel is black at first, and opaque where nothing else would be.
    const alpha = await drawn.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      return canvas.getContext('2d')!.getImageData(width / 2, height / 2, 1, 1).data[3];
    });
    expect(alpha).toBe(255);
    expect(errors).toEqual([]);
  });
});
