// One automatic pruning in a process of its own, so that its memory is its own. Prints one line of JSON.
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { DEFAULT_SEED_RANGES } from '../../../src-main/contract/evaluation.ts';
import { prune } from '../../../src-main/engine/pruning/prune.ts';
import type { RunContext } from '../../../src-main/engine/run-context.ts';
import { loadBackend } from '../../../src-main/workers/backends.ts';
import { playInThreads } from '../../../src-main/workers/episode-threads/episode-threads.ts';
import { AGENTS, readAgent } from './agents.ts';

const [id, granularity, seed] = process.argv.slice(2) as [string, string, string];
const agent = AGENTS.find((one) => one.id === id)!;

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

const backend = await loadBackend('auto');
const closeThreads = playInThreads(agent.environment, backend, context);
const { report } = await prune({
  model: readAgent(agent),
  recipe: {
    kind: 'prune',
    version: 1,
    seed: Number(seed),
    backend: 'auto',
    source: { kind: 'file', path: agent.file, normalizer: agent.normalizer },
    environment: agent.environment,
    seeds: DEFAULT_SEED_RANGES,
    granularity,
    method: { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
    export: null,
  },
  backend,
  context,
});
await closeThreads();
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ report, megabytes })}\n`);
