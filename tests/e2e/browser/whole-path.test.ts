// A new user's whole path in a real browser.
import { describe } from 'vitest';
import { itGoesTheWholePath, type Workbench } from '../whole-path.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`the whole path (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let opened: Promise<Workbench> | null = null;

  async function open(): Promise<Workbench> {
    const { page, errors } = await workbench().openPage();
    const savedBy: Workbench['savedBy'] = async (act) => {
      const [download] = await Promise.all([page.waitForEvent('download'), act()]);
      return download.path();
    };
    return { page, errors, savedBy };
  }

  itGoesTheWholePath(() => (opened ??= open()));
});
