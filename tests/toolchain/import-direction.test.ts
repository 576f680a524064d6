// Every import rule of .dependency-cruiser.cjs is broken once on purpose in a tree of its own, beside allowed imports that
// must pass; then the real tree is held to the same rules.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Import {
  readonly from: string;
  /** A file of the tree, a package or a Node module. */
  readonly to: string;
}
interface Violation extends Import {
  readonly rule: string;
}

const violations: readonly Violation[] = [
  { rule: 'no-cycles', from: 'src-main/contract/egg.ts', to: 'src-main/contract/hen.ts' },
  { rule: 'resolvable', from: 'src-main/services/lost.ts', to: 'no-such-package' },
  { rule: 'contract-stands-alone', from: 'src-main/contract/curious.ts', to: 'src-main/engine/pure.ts' },
  { rule: 'engine-to-contract', from: 'src-main/engine/saving.ts', to: 'src-main/store/database.ts' },
  { rule: 'engine-to-contract', from: 'src-main/engine/pruning/using.ts', to: 'src-main/services/open.ts' },
  { rule: 'workers-to-engine', from: 'src-main/workers/storing.ts', to: 'src-main/store/database.ts' },
  { rule: 'store-to-contract', from: 'src-main/store/thinking.ts', to: 'src-main/engine/pure.ts' },
  { rule: 'services-to-store', from: 'src-main/services/running.ts', to: 'src-main/engine/pure.ts' },
  { rule: 'hosts-to-services', from: 'src-main/hosts/cli/training.ts', to: 'src-main/engine/pure.ts' },
  { rule: 'hosts-to-services', from: 'src-main/hosts/cli/working.ts', to: 'src-main/workers/job.ts' },
  { rule: 'preload-to-contract', from: 'src-main/preload/serving.ts', to: 'src-main/services/open.ts' },
  {
    rule: 'doors-apart-from-electron',
    from: 'src-main/hosts/browser/window.ts',
    to: 'src-main/hosts/electron/window.ts',
  },
  { rule: 'doors-are-not-imported', from: 'src-renderer/reaching.ts', to: 'src-main/hosts/cli/main.ts' },
  { rule: 'electron-only-at-its-door', from: 'src-main/services/dialog.ts', to: 'electron' },
  { rule: 'pure-without-node', from: 'src-main/engine/reading.ts', to: 'fs' },
  { rule: 'pure-without-node', from: 'src-main/contract/path.ts', to: 'path' },
  { rule: 'pure-without-binaries', from: 'src-main/engine/querying.ts', to: 'better-sqlite3' },
  { rule: 'pure-without-binaries', from: 'src-main/engine/inferring.ts', to: 'onnxruntime-node' },
  { rule: 'renderer-knows-the-contract', from: 'src-renderer/computing.ts', to: 'src-main/engine/pure.ts' },
  { rule: 'renderer-without-node', from: 'src-renderer/system.ts', to: 'os' },
  { rule: 'bridge-to-contract', from: 'src-renderer/bridge/remembering.ts', to: 'src-renderer/state/runs.svelte.ts' },
  { rule: 'state-to-bridge', from: 'src-renderer/state/drawing.svelte.ts', to: 'src-renderer/ui/Button.svelte' },
  { rule: 'ui-knows-no-domain', from: 'src-renderer/ui/JobButton.svelte', to: 'src-main/contract/job.ts' },
  { rule: 'charts-know-no-domain', from: 'src-renderer/charts/returns.ts', to: 'src-renderer/state/runs.svelte.ts' },
  { rule: 'texts-stand-alone', from: 'src-renderer/text/asking.ts', to: 'src-renderer/state/runs.svelte.ts' },
  { rule: 'features-to-state', from: 'src-renderer/features/jobs/Calling.svelte', to: 'src-renderer/bridge/calls.ts' },
  {
    rule: 'features-apart',
    from: 'src-renderer/features/jobs/Exporting.svelte',
    to: 'src-renderer/features/export/Export.svelte',
  },
];

/** The other half of the cycle, which is reported once. */
const backwards: Import = { from: 'src-main/contract/hen.ts', to: 'src-main/contract/egg.ts' };

/** One import along each arrow of the design. */
const allowed: readonly Import[] = [
  { from: 'src-main/contract/run.ts', to: 'src-main/contract/job.ts' },
  { from: 'src-main/contract/schema.ts', to: 'zod' },
  { from: 'src-main/engine/scoring.ts', to: 'src-main/contract/job.ts' },
  { from: 'src-main/workers/train.ts', to: 'src-main/engine/pure.ts' },
  { from: 'src-main/store/runs.ts', to: 'src-main/contract/job.ts' },
  { from: 'src-main/store/connection.ts', to: 'better-sqlite3' },
  { from: 'src-main/services/prune.ts', to: 'src-main/store/database.ts' },
  { from: 'src-main/hosts/cli/prune.ts', to: 'src-main/services/open.ts' },
  { from: 'src-main/hosts/cli/storage.ts', to: 'src-main/store/database.ts' },
  { from: 'src-main/hosts/electron/menu.ts', to: 'electron' },
  { from: 'src-main/preload/expose.ts', to: 'electron' },
  { from: 'src-renderer/bridge/socket.ts', to: 'src-main/contract/job.ts' },
  { from: 'src-renderer/state/jobs.svelte.ts', to: 'src-renderer/bridge/calls.ts' },
  { from: 'src-renderer/features/jobs/Jobs.svelte', to: 'src-renderer/state/runs.svelte.ts' },
  { from: 'src-renderer/features/jobs/Stop.svelte', to: 'src-renderer/ui/Button.svelte' },
  { from: 'src-renderer/features/jobs/Progress.svelte', to: 'src-renderer/charts/line.ts' },
  { from: 'src-renderer/features/jobs/Page.svelte', to: 'src-renderer/features/jobs/Jobs.svelte' },
  { from: 'src-renderer/App.svelte', to: 'src-renderer/features/jobs/Jobs.svelte' },
];

const packages = ['better-sqlite3', 'electron', 'onnxruntime-node', 'zod'];

/** The tree as path → text: each import in its file, each imported file, and packages to resolve to. */
function fixtureTree(imports: readonly Import[]): ReadonlyMap<string, string> {
  const files = new Map(packages.map((name) => [`node_modules/${name}/index.js`, '']));
  for (const { from, to } of imports) {
    const isFile = to.startsWith('src-');
    const line = `import '${isFile ? `./${relative(dirname(from), to)}` : to}';`;
    files.set(from, from.endsWith('.svelte') ? `<script lang="ts">${line}</script>` : line);
    if (isFile && !files.has(to)) files.set(to, '');
  }
  return files;
}

const configuration = await extractDepcruiseConfig(resolve('.dependency-cruiser.cjs'));
const rules = configuration.forbidden ?? [];

async function violationsUnder(folder: string): Promise<readonly Violation[]> {
  const { output } = await cruise(['src-main', 'src-renderer'], {
    ...configuration.options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: rules },
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to: /^node_modules\/([^/]+)\//.exec(to)?.[1] ?? to,
  }));
}

describe('the import rules', () => {
  let folder = '';
  let found: readonly Violation[] = [];

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'secateur-imports-')));
    for (const [path, text] of fixtureTree([...violations, backwards, ...allowed])) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    found = await violationsUnder(folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(violations)('$rule: $from must not import $to', (violation) => {
    expect(found).toContainEqual(violation);
  });

  it.each(allowed)('$from may import $to', ({ from, to }) => {
    expect(found.filter((violation) => violation.from === from && violation.to === to)).toEqual([]);
  });

  it('are each broken here at least once', () => {
    const broken = new Set(violations.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name ?? '').filter((name) => !broken.has(name))).toEqual([]);
  });
});

it('the sources keep the import rules', async () => {
  expect(await violationsUnder(resolve('.'))).toEqual([]);
});
