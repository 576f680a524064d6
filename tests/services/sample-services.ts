// Services on a store of their own, with real workers or with one that says what a test has it say.
import { fileURLToPath } from 'node:url';
import type { JobRequest, JobResult } from '../../src-main/contract/job.ts';
import { childProcessJobHost } from '../../src-main/hosts/child-process-job-host.ts';
import { RunControl } from '../../src-main/services/run-control.ts';
import { runRecipe, type RunOutcome } from '../../src-main/services/run-recipe.ts';
import type { JobEvent, JobHost } from '../../src-main/services/job-host.ts';
import type { RunEvent, Services } from '../../src-main/services/services.ts';
import type { Recipe } from '../../src-main/contract/recipe.ts';
import { openSampleStore } from '../store/sample-store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

export const sampleAgent = fileURLToPath(new URL('../../resources/sample/dqn-CartPole-v1.zip', import.meta.url));
export const sampleSource = { kind: 'file', path: sampleAgent, normalizer: null } as const;
export const fixtureAgent = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/agents/${name}`, import.meta.url));

const workers = childProcessJobHost(fileURLToPath(new URL('../../src-main/workers/job.ts', import.meta.url)));

export async function openSampleServices(jobHost: JobHost = workers): Promise<Services> {
  const { store } = await openSampleStore(temporaryFolder());
  return {
    store,
    jobHost,
    clock: () => 1_700_000_000_000,
    versions: { secateur: '0.0.0', node: '24.0.0' },
    machine: { platform: 'linux x64', cores: 2 },
  };
}

/** Runs a recipe and remembers what was told. */
export async function runWatched(
  services: Services,
  recipe: Recipe,
  control = new RunControl(),
): Promise<{ outcome: RunOutcome; events: RunEvent[] }> {
  const events: RunEvent[] = [];
  const outcome = await runRecipe(services, recipe, control, (event) => events.push(event));
  return { outcome, events };
}

/** A host whose only worker is this function; `stop` and `abort` are counted, and left without effect. */
export function scriptedJobHost(
  work: (request: JobRequest, say: (event: JobEvent) => void) => Promise<JobResult>,
): JobHost & { readonly asked: { stops: number; aborts: number } } {
  const asked = { stops: 0, aborts: 0 };
  return {
    asked,
    start: (request, onEvent) => ({
      stop: () => asked.stops++,
      pause: () => undefined,
      continue: () => undefined,
      watch: () => undefined,
      abort: () => asked.aborts++,
      result: work(request, onEvent),
    }),
  };
}
