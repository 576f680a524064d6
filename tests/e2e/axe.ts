// What axe finds wrong with a page for people who see, hear or move differently, in light and in dark.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** One line per finding: the rule, and where. Empty when there is nothing. */
export async function findings(page: Page): Promise<string[]> {
  // Away from whatever was pressed last: its tooltip floats outside of every landmark.
  await page.mouse.move(0, 0);
  await page.locator('[data-tooltip-content]').waitFor({ state: 'detached' });
  // Legacy: in this page alone. It has no frames, and a window cannot open a page of its own for the findings.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** In both themes; the page is left in the light one. */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await findings(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  return [...dark, ...(await findings(page))];
}
