// Rule: the page is a web page like any other: in Chromium's sandbox, without Node, apart from the preload's world.
// Most of this is what Electron does by default; here it is said.
import type { WebPreferences } from 'electron';

export const PAGE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Would fetch dictionaries.
  spellcheck: false,
} as const satisfies WebPreferences;
