// An environment whose worlds fail as an action says, and the thread that has them.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { Action, EnvironmentDefinition, World } from '../../../src-main/engine/environments/environment.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import type { ThreadData } from '../../../src-main/workers/environment-threads/protocol.ts';
import { serveWorlds } from '../../../src-main/workers/environment-threads/serve-worlds.ts';

export const FAILURE = { none: 0, throws: 1, exits: 2, hangs: 3 } as const;

class FailingWorld implements World {
  readonly terminated = false;
  reset(): void {
    // There is nothing to begin.
  }
  step(action: Action): number {
    if (action === FAILURE.throws) throw new RangeError('the moon is full');
    if (action === FAILURE.exits) process.exit(3);
    while (action === FAILURE.hangs);
    return 1;
  }
  observe(): void {
    // There is nothing to see.
  }
  saveState(): number[] {
    return [];
  }
  loadState(): void {
    // There is nothing to load.
  }
  scene(): never {
    throw new Error('not drawn here');
  }
}

export const failing: EnvironmentDefinition = {
  id: 'Failing-v0',
  description: '',
  observationSpace: { kind: 'box', shape: [1], low: [0], high: [1] },
  actionSpace: { kind: 'discrete', n: 4 },
  maxEpisodeSteps: 100,
  worstReturn: 0,
  createWorld: () => new FailingWorld(),
};

if (!isMainThread && (workerData as Partial<ThreadData> | null)?.environment === failing.id) {
  environments.add(failing);
  parentPort!.postMessage('ready');
  serveWorlds(workerData as ThreadData);
}
