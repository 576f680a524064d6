// The theme that the person chose, for what the system draws; and a background that does not flash before the page is there.
import type { NativeTheme } from 'electron';
import type { Settings } from '../../../contract/settings.ts';

const BACKGROUND = { light: '#ffffff', dark: '#15171a' };

/** Menus, dialogs, and what the page sees as the preferred scheme. */
export function applyTheme(theme: Pick<NativeTheme, 'themeSource'>, chosen: Settings['theme']): void {
  theme.themeSource = chosen;
}

export function backgroundOf(theme: Pick<NativeTheme, 'shouldUseDarkColors'>): string {
  return theme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
