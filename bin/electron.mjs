// Whether a window can be opened here, and by which program. Plain old JavaScript, as supported-node.mjs.
import { spawnSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { fileURLToPath } from 'url';

const PROGRAMS = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** Electron from here on runs what is built for the runtimes of today. */
const FIRST_OF_TODAY = 28;

/** Where npm's package has its binary, unless ELECTRON_OVERRIDE_DIST_PATH names another folder. */
const installed = fileURLToPath(new URL('../node_modules/electron/dist', import.meta.url));

/**
 * `{ program }` to open a window with, or `{ reason }` in a few words why there is none.
 * `machine` is `{ platform, env, uid }`, `args` what the window is to be started with.
 */
export function findElectron(machine, args) {
  const { platform, env, uid } = machine;
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || installed;
  const program = join(folder, PROGRAMS[platform] || 'electron');
  if (!existsSync(program)) {
    return {
      reason: `there is no Electron in ${folder} (npx install-electron brings it, where its download is reachable)`,
    };
  }
  if (platform === 'linux') {
    if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return { reason: 'there is no display' };
    if (uid === 0 && !args.includes('--no-sandbox')) {
      return { reason: 'Chromium runs as root only without its sandbox (npm start -- --no-sandbox)' };
    }
  }
  return { program, folder };
}

/** "node16" for an Electron that is too old for what is built by default, else undefined. */
export function targetFor({ program, folder }) {
  const file = join(folder, 'version');
  const said = existsSync(file) ? readFileSync(file, 'utf8') : askVersion(program);
  const major = /^v?(\d+)\./.exec(said.trim());
  return major !== null && Number(major[1]) < FIRST_OF_TODAY ? 'node16' : undefined;
}

function askVersion(program) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const options = { encoding: 'utf8', env, timeout: 10_000 };
  return String(spawnSync(program, ['-p', 'process.versions.electron'], options).stdout);
}
