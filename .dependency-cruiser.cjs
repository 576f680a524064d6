// Import direction between the rooms, as ARCHITECTURE.md draws it. Each rule names what a room may reach; the rest is a
// violation. tests/toolchain/import-direction.test.ts breaks every rule once to prove that it bites.
// Files that nothing imports are knip's business (`npm run dead-code`).

/** A rule that files under `from` import none of ours but those under `allowed` (and npm packages). */
function onlyReaches({ name, from, allowed, comment }) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: `^${from}/` },
    to: { path: '^(src-main|src-renderer|bin|build|tests)/', pathNot: allowed.map((room) => `^${room}/`) },
  };
}

/** A rule that nothing but files under `except` imports one of these npm packages. */
function onlyImportedBy({ name, packages, except, comment }) {
  return {
    name,
    comment,
    severity: 'error',
    from: { pathNot: except.map((room) => `^${room}/`) },
    to: { path: `^(node_modules/)?(${packages.join('|')})(/|$)` },
  };
}

const CONTRACT = 'src-main/contract';
const ENGINE = 'src-main/engine';
const STORE = 'src-main/store';
const SERVICES = 'src-main/services';
const WORKERS = 'src-main/workers';
const HOSTS = 'src-main/hosts';
const PRELOAD = 'src-main/preload';
const RENDERER = 'src-renderer';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file, or share something that belongs in a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'A path that leads nowhere, or a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@tensorflow/tfjs-node(-gpu)?$' }, // optional peers, absent as a rule
    },

    onlyReaches({
      name: 'contract-stands-alone',
      from: CONTRACT,
      allowed: [CONTRACT],
      comment: 'Everything may import the contract, so it imports nothing of ours.',
    }),
    onlyReaches({
      name: 'engine-to-contract',
      from: ENGINE,
      allowed: [ENGINE, CONTRACT],
      comment: 'The science knows no door, no store and no process.',
    }),
    onlyReaches({
      name: 'workers-to-engine',
      from: WORKERS,
      allowed: [WORKERS, ENGINE, CONTRACT],
      comment: 'Message in, engine, events out.',
    }),
    onlyReaches({
      name: 'store-to-contract',
      from: STORE,
      allowed: [STORE, CONTRACT],
      comment: 'The store keeps what the contract describes.',
    }),
    onlyReaches({
      name: 'services-to-store',
      from: SERVICES,
      allowed: [SERVICES, STORE, CONTRACT],
      comment: 'Use cases start work through an injected job host; they never run the engine themselves.',
    }),
    onlyReaches({
      name: 'hosts-to-services',
      from: HOSTS,
      allowed: [HOSTS, SERVICES, STORE, CONTRACT],
      comment: 'A door wires services, store and a job host; a worker is forked by its address, not imported.',
    }),
    onlyReaches({
      name: 'preload-to-contract',
      from: PRELOAD,
      allowed: [PRELOAD, CONTRACT],
      comment: 'contextBridge only.',
    }),
    {
      name: 'doors-apart-from-electron',
      comment: 'The command line and the browser host must start where there is no Electron.',
      severity: 'error',
      from: { pathNot: `^${HOSTS}/electron/` },
      to: { path: `^${HOSTS}/electron/` },
    },
    {
      name: 'doors-are-not-imported',
      comment: 'Hosts and workers are where a process starts; nothing else leads to them.',
      severity: 'error',
      from: { pathNot: `^(${HOSTS}|${WORKERS}|${PRELOAD})/` },
      to: { path: `^(${HOSTS}|${WORKERS}|${PRELOAD})/` },
    },
    onlyImportedBy({
      name: 'electron-only-at-its-door',
      packages: ['electron'],
      except: [`${HOSTS}/electron`, PRELOAD],
      comment: 'Elsewhere it would fail to load.',
    }),
    {
      name: 'pure-without-node',
      comment: 'Contract and engine also run where there is no Node; what they need of it is injected.',
      severity: 'error',
      from: { path: `^(${CONTRACT}|${ENGINE})/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-without-binaries',
      comment: 'Contract and engine load no native add-on and read no environment.',
      severity: 'error',
      from: { path: `^(${CONTRACT}|${ENGINE})/` },
      to: {
        path: '^(node_modules/)?(better-sqlite3|onnxruntime-node|env-paths|commander|@tensorflow/tfjs-node(-gpu)?)(/|$)',
      },
    },

    onlyReaches({
      name: 'renderer-knows-the-contract',
      from: RENDERER,
      allowed: [RENDERER, CONTRACT],
      comment: 'The page runs in a window and in a browser alike.',
    }),
    {
      name: 'renderer-without-node',
      comment: 'There is no Node in the page.',
      severity: 'error',
      from: { path: `^${RENDERER}/` },
      to: { dependencyTypes: ['core'] },
    },
    onlyReaches({
      name: 'bridge-to-contract',
      from: `${RENDERER}/bridge`,
      allowed: [`${RENDERER}/bridge`, CONTRACT],
      comment: 'The only place that knows how the contract is reached, and nothing else.',
    }),
    onlyReaches({
      name: 'state-to-bridge',
      from: `${RENDERER}/state`,
      allowed: [`${RENDERER}/state`, `${RENDERER}/bridge`, CONTRACT],
      comment: 'State knows no component.',
    }),
    onlyReaches({
      name: 'ui-knows-no-domain',
      from: `${RENDERER}/ui`,
      allowed: [`${RENDERER}/ui`],
      comment: 'A button is a button in any application.',
    }),
    onlyReaches({
      name: 'charts-know-no-domain',
      from: `${RENDERER}/charts`,
      allowed: [`${RENDERER}/charts`, `${RENDERER}/ui`],
      comment: 'Charts draw numbers that they are given.',
    }),
    onlyReaches({
      name: 'texts-stand-alone',
      from: `${RENDERER}/text`,
      allowed: [`${RENDERER}/text`],
      comment: 'Words know nobody who says them.',
    }),
    onlyReaches({
      name: 'features-to-state',
      from: `${RENDERER}/features`,
      allowed: [...['features', 'state', 'ui', 'charts', 'text'].map((room) => `${RENDERER}/${room}`), CONTRACT],
      comment: 'A feature reaches the outside through state only.',
    }),
    {
      name: 'features-apart',
      comment: 'What two features share belongs in state, ui or charts.',
      severity: 'error',
      from: { path: `^${RENDERER}/features/([^/]+)/` },
      to: { path: `^${RENDERER}/features/[^/]+/`, pathNot: `^${RENDERER}/features/$1/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src-main/engine/numerics/kernels/assembly/' }, // AssemblyScript: other imports, another compiler
    tsPreCompilationDeps: true, // a type is an import too
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte.ts', '.svelte', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types', 'svelte'],
      exportsFields: ['exports'],
    },
  },
};
