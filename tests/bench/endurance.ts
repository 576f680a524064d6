// `npm run bench:long`: what only shows after long training. The same bytes after 10 000 updates, twice; and no more memory
// after 100 000 updates than after 10 000; each with a dense and with a sparse network.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DqnAgent } from '../../src-main/engine/agents/dqn/agent.ts';
import { loadKernelBackend } from '../../src-main/workers/load-kernels.ts';
import { createLearner } from './speed/learner.ts';
import { mlp } from './speed/networks.ts';

const SAME_BYTES_UPDATES = 10_000;
const MEMORY_UPDATES = 100_000;
const SETTLED_UPDATES = 10_000; // by then the compiler has compiled what it will
const HEAP_ALLOWED = 2 ** 20;
const RESIDENT_ALLOWED = 16 * 2 ** 20; // pages that the system gives back when it likes
const DENSITIES = [1, 0.05];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const backend = loadKernelBackend();
const task = mlp(8, [256, 256], 4, 64);

function update(agent: DqnAgent, times: number): void {
  for (let i = 0; i < times; i++) agent.update();
}

/** Parameters and optimizer state after training. */
function train(density: number): Uint8Array[] {
  const agent = createLearner(backend, task, { density });
  update(agent, SAME_BYTES_UPDATES);
  const arrays = { ...agent.network.readParameters(), ...agent.network.readOptimizer().slots };
  agent.dispose();
  return Object.values(arrays).map(({ buffer }) => new Uint8Array(buffer));
}

interface Memory {
  /** Bytes of objects and of typed arrays. */
  readonly heap: number;
  /** Bytes of the process. */
  readonly resident: number;
}

function measureMemory(): Memory {
  collectGarbage();
  collectGarbage(); // what the first one finalized
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

function report(passed: boolean, what: string): void {
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${what}\n`);
  if (!passed) process.exitCode = 1;
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MiB`;

for (const density of DENSITIES) {
  const name = `${100 * density} % of the weights`;
  const [first, second] = [train(density), train(density)] as const;
  const same = first.every((bytes, i) => Buffer.compare(bytes, second[i]!) === 0);
  report(same, `${name}: the same bytes after ${SAME_BYTES_UPDATES} updates, twice`);

  const agent = createLearner(backend, task, { density });
  update(agent, SETTLED_UPDATES);
  const before = measureMemory();
  update(agent, MEMORY_UPDATES - SETTLED_UPDATES);
  const after = measureMemory();
  agent.dispose();
  const heap = after.heap - before.heap;
  const resident = after.resident - before.resident;
  report(
    heap <= HEAP_ALLOWED && resident <= RESIDENT_ALLOWED,
    `${name}: updates ${SETTLED_UPDATES} to ${MEMORY_UPDATES} took ${megabytes(heap)} more heap, ${megabytes(resident)} more memory`,
  );
}
