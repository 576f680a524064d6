// A worker process: one job in, events out, one result or one problem, and the end.
import module from 'node:module';
import { isGymnasiumId } from '../contract/gymnasium-id.ts';
import { hostMessageSchema, type JobRequest, type JobResult } from '../contract/job.ts';
import { environmentIn } from '../contract/recipe.ts';
import { toProblem } from '../contract/secateur-error.ts';
import { checkRecipe } from '../engine/check-recipe.ts';
import { environments } from '../engine/environments/registry.ts';
import { findBackend } from './backends.ts';
import { choosePython } from './gymnasium/choose-python.ts';
import { openGymnasium } from './gymnasium/open-gymnasium.ts';
import { openHostChannel } from './host-channel.ts';
import { catalogueJob } from './jobs/catalogue.ts';
import { environmentJob } from './jobs/environment.ts';
import { episodesJob } from './jobs/episodes.ts';
import { estimateJob } from './jobs/estimate.ts';
import { evaluateJob } from './jobs/evaluate.ts';
import { explainJob } from './jobs/explain.ts';
import { exportJob } from './jobs/export.ts';
import { importJob } from './jobs/import.ts';
import { kernelJob } from './jobs/kernel.ts';
import { observationsJob } from './jobs/observations.ts';
import { planJob } from './jobs/plan.ts';
import { probeJob } from './jobs/probe.ts';
import { pruneJob } from './jobs/prune.ts';
import { pythonJob } from './jobs/python.ts';
import { saliencyJob } from './jobs/saliency.ts';
import { sensitivityJob } from './jobs/sensitivity.ts';
import { statisticsJob } from './jobs/statistics.ts';
import { trainJob } from './jobs/train.ts';
import { trialJob } from './jobs/trial.ts';
import { WorkerContext } from './worker-context.ts';

// A worker is ended with a signal: what Node compiled would never reach the cache of NODE_COMPILE_CACHE otherwise.
// Older Nodes, as in the oldest Electron, have no such cache.
(module as Partial<typeof module>).flushCompileCache?.();

const channel = openHostChannel();
const context = new WorkerContext(channel);

/** The engine finds what lives in a Python among its environments; the Python ends with this process. */
function openEnvironment(id: string | null, python: string | undefined): void {
  if (id === null || !isGymnasiumId(id)) return;
  const { definition } = openGymnasium(id, choosePython(process.env, python));
  environments.add(definition);
  context.log('info', definition.description);
}

async function perform(request: JobRequest, python: string | undefined): Promise<JobResult> {
  if (request.kind === 'catalogue') return catalogueJob();
  if (request.kind === 'python') return pythonJob(choosePython(process.env, python));
  const recipe = 'recipe' in request ? request.recipe : null;
  const named = recipe === null ? null : environmentIn(recipe);
  openEnvironment('environment' in request ? request.environment : named, python);
  if (request.kind === 'environment') return environmentJob(request);
  if (recipe !== null) checkRecipe(recipe);
  const loader = findBackend('backend' in request ? request.backend : (recipe?.backend ?? 'auto'));
  if (request.kind === 'check') return { kind: 'check' };
  if (request.kind === 'import') return importJob(request);
  if (request.kind === 'observations') return observationsJob(request);
  if (request.kind === 'statistics') return statisticsJob(request);
  if (request.kind === 'explain') return explainJob(request);
  if (request.kind === 'kernel') return kernelJob(request);
  const backend = await loader.load();
  channel.send({ type: 'ready', backend: backend.name, backendVersion: backend.version });
  switch (request.kind) {
    case 'train':
      return trainJob(request, backend, context);
    case 'prune':
      return pruneJob(request, backend, context);
    case 'plan':
      return planJob(request, backend, context);
    case 'trial':
      return trialJob(request, backend, context);
    case 'evaluate':
      return evaluateJob(request, backend, context);
    case 'export':
      return exportJob(request, backend, context);
    case 'saliency':
      return saliencyJob(request, backend, context);
    case 'sensitivity':
      return sensitivityJob(request, backend, context);
    case 'estimate':
      return estimateJob(request, backend, context);
    case 'episodes':
      return episodesJob(request, backend);
    case 'probe':
      return probeJob(backend, context);
  }
}

async function run(request: JobRequest, python: string | undefined): Promise<void> {
  try {
    const result = await perform(request, python);
    context.flush();
    channel.send({ type: 'result', result });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  context.flush();
  const problem = toProblem(error);
  if (problem.kind === 'internal' && error instanceof Error) {
    channel.send({ type: 'log', level: 'error', text: error.stack ?? error.message });
  }
  channel.send({ type: 'failed', problem });
}

channel.onMessage((raw) => {
  const message = hostMessageSchema.parse(raw);
  switch (message.type) {
    case 'start':
      void run(message.request, message.python);
      break;
    case 'stop':
      context.requestStop();
      break;
    case 'pause':
      context.pause();
      break;
    case 'continue':
      context.continue();
      break;
    case 'watch':
      context.watch();
      break;
  }
});
channel.onClose(() => process.exit(1));
// Not an 'uncaughtException' listener: TensorFlow.js's WebAssembly module adds one that throws again, and the process
// would end before what happened is sent.
process.setUncaughtExceptionCaptureCallback(fail);
// On Windows Ctrl-C reaches every process of the console; what it means the host decides and says.
process.on('SIGINT', () => undefined);
