// The built application, out/: what it is built from and whether that is done. Plain old JavaScript, as supported-node.mjs.
import { existsSync, readdirSync, readFileSync, statSync } from 'fs';

const project = new URL('../', import.meta.url);

/** A packaged Secateur has none of them. */
const sources = ['src-main/', 'src-renderer/', 'electron.vite.config.ts', 'package.json'];

/** Builds it. */
export const applicationBuilder = new URL('build/build-application.ts', project);

/** The folder that it is in: main, preload, renderer. */
export const applicationFolder = new URL('out/', project);

/** Written last, as old as the build's beginning: `{ target }`, which is "node16" or null. */
export const applicationStamp = new URL('built.json', applicationFolder);

/** Milliseconds since 1970 of the file, or of the newest one under the folder. */
function newestChange(address) {
  const { mtimeMs } = statSync(address);
  if (!address.pathname.endsWith('/')) return mtimeMs;
  const changes = readdirSync(address, { withFileTypes: true }).map((entry) =>
    newestChange(new URL(entry.name + (entry.isDirectory() ? '/' : ''), address)),
  );
  return Math.max(mtimeMs, ...changes);
}

/**
 * Whether out/ is missing, older than its sources, or built for newer runtimes than `target` ("node16", or undefined for
 * those of today, which run the other one as well).
 */
export function isApplicationStale(target = process.env.SECATEUR_TARGET) {
  const present = sources.map((name) => new URL(name, project)).filter((address) => existsSync(address));
  if (present.length < sources.length) return false;
  if (!existsSync(applicationStamp)) return true;
  if (target !== undefined && JSON.parse(readFileSync(applicationStamp, 'utf8')).target !== target) return true;
  const newest = Math.max(...[...present, applicationBuilder].map(newestChange));
  return statSync(applicationStamp).mtimeMs <= newest;
}
