// Light or dark, as the person has set it or as the system is; remembered here so that a reload does not flash.
import { MediaQuery } from 'svelte/reactivity';
import type { Settings } from '../src-main/contract/settings.ts';

const REMEMBERED = 'secateur.theme';
const systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');

function show(theme: 'light' | 'dark'): void {
  document.documentElement.dataset.theme = theme;
}

/** Before the host has said what is set. */
export function showRememberedTheme(): void {
  const remembered = localStorage.getItem(REMEMBERED);
  const setting = remembered === 'light' || remembered === 'dark' ? remembered : null;
  show(setting ?? (systemIsDark.current ? 'dark' : 'light'));
}

/** To be called in an effect: it follows the system while the setting says so. */
export function applyTheme(setting: Settings['theme']): void {
  localStorage.setItem(REMEMBERED, setting);
  show(setting === 'system' ? (systemIsDark.current ? 'dark' : 'light') : setting);
}
