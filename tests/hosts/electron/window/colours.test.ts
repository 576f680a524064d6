// The theme and the background behind the page.
import { expect, it } from 'vitest';
import { applyTheme, backgroundOf } from '../../../../src-main/hosts/electron/window/colours.ts';

/** How light "#rrggbb" is, 0 to 255. */
const lightness = (colour: string): number =>
  Math.max(...[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)));

it('the background is dark exactly where the page is', () => {
  expect(lightness(backgroundOf({ shouldUseDarkColors: true }))).toBeLessThan(64);
  expect(lightness(backgroundOf({ shouldUseDarkColors: false }))).toBeGreaterThan(192);
});

it.each(['system', 'light', 'dark'] as const)('the theme of the system follows "%s"', (chosen) => {
  const theme = { themeSource: 'light' as 'system' | 'light' | 'dark' };
  applyTheme(theme, chosen);
  expect(theme.themeSource).toBe(chosen);
});
