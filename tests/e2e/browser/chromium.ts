// A real Chromium: the one of the system, driven by Playwright.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const candidates = [
  process.env.SECATEUR_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Undefined where there is none; then what needs it is skipped with this reason. */
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path));
export const NO_CHROMIUM = 'no Chromium: install one, or name it in SECATEUR_CHROMIUM';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath: chromiumPath, args: QUIET });
}
