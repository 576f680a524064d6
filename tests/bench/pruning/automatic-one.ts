// One automatic pruning in a process of its own, so that its memory is its own. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import type { RunContext } from '../../src-main/engine/run-context.ts';
import { readModelFile } from '../../src-main/engine/formats/registry.ts';
import { prune } from '../../src-main/engine/pruning/prune.ts';
import { loadBackend } from '../../src-main/workers/backends.ts';

const [file, normalizer, environment, granularity, seed] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];

const context: RunContext = {
  progress: () => undefined,
  metrics: () => undefined,
  offerPolicy: () => undefined,
  log: (_level, text) => {
    process.stderr.write(`  ${text}\n`);
  },
  now: () => performance.now(),
  breathe: () => setImmediate(false),
};

const { model } = readModelFile({
  name: file,
  bytes: new Uint8Array(readFileSync(file)),
  ...(normalizer !== '' && { normalizer: { name: normalizer, bytes: new Uint8Array(readFileSync(normalizer)) } }),
});
const { report } = await prune({
  model,
  recipe: {
    kind: 'prune',
    version: 1,
    seed: Number(seed),
    backend: 'auto',
    source: { kind: 'file', path: file, normalizer: null },
    environment,
    seeds: DEFAULT_SEED_RANGES,
    granularity,
    method: { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
    export: null,
  },
  backend: await loadBackend('auto'),
  context,
});
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ report, megabytes })}\n`);
