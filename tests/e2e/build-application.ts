// Before all tests: the application is built if it is stale and there is anything here to show it with. Once, since tests
// of the browser and of the window share it, and for the oldest runtime among them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findElectron, targetFor } from '../../bin/electron.mjs';
import { chromiumPath } from './browser/chromium.ts';

const builder = fileURLToPath(new URL('../../build/build-application.ts', import.meta.url));

export function setup(): void {
  const dist = process.env.SECATEUR_ELECTRON_DIST ?? process.env.ELECTRON_OVERRIDE_DIST_PATH;
  // A display may still be missing: tests of the window see to that themselves.
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, DISPLAY: process.env.DISPLAY ?? ':0' };
  const found = findElectron({ platform: process.platform, env, uid: undefined }, []);
  if (found.program === undefined && chromiumPath === undefined) return;
  const target = found.program === undefined ? undefined : targetFor(found);
  const { status, stderr } = spawnSync(process.execPath, [builder, '--if-stale'], {
    env: { ...process.env, ...(target !== undefined && { SECATEUR_TARGET: target }) },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the application could not be built\n${stderr}`);
}
