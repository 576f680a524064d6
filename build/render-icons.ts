// Renders build/icons/secateur.svg as PNGs, which are committed: `node build/pinned-node.mjs build/render-icons.ts`, after
// the drawing has changed. Takes a Chromium: SECATEUR_CHROMIUM, or the one of the system.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024];

const folder = new URL('icons/', import.meta.url);
const drawing = readFileSync(new URL('secateur.svg', folder), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.SECATEUR_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${drawing}`,
  );
  const path = fileURLToPath(new URL(`${size}x${size}.png`, folder));
  await page.screenshot({ path, omitBackground: true });
  await page.close();
}
await browser.close();
