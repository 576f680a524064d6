// The theme and the background behind the page.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { applyTheme, backgroundOf } from '../../../../src-main/hosts/electron/window/colours.ts';

const tokens = readFileSync(new URL('../../../../src-renderer/ui/tokens.css', import.meta.url), 'utf8');

it.each([
  ['dark', true],
  ['light', false],
] as const)('the background is that of the %s page', (theme, shouldUseDarkColors) => {
  const ground = new RegExp(`data-theme='${theme}'\\][^}]*--ground: (#[0-9a-f]{6});`).exec(tokens)?.[1];
  expect(backgroundOf({ shouldUseDarkColors })).toBe(ground);
});

it.each(['system', 'light', 'dark'] as const)('the theme of the system follows "%s"', (chosen) => {
  const theme = { themeSource: 'light' as 'system' | 'light' | 'dark' };
  applyTheme(theme, chosen);
  expect(theme.themeSource).toBe(chosen);
});
