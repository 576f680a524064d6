// Runs that stream as four fast trainings do, without taking the cores: what is measured is the page, and its host.
import { METRIC } from '../../../src-main/contract/metric-names.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import type { Job, JobEvent, JobHost } from '../../../src-main/services/job-host.ts';

/** Twenty times a second, as workers do at most. */
const PERIOD_MS = 50;
/** Episodes and losses of a period: 200 points a second and run. */
const POINTS = 5;

/** @param policy a model file, shown when somebody watches @param others takes every request but a training */
export function streamingJobHost(policy: Uint8Array, others: JobHost): JobHost {
  return {
    start: (request, onEvent) => (request.kind === 'train' ? stream(policy, onEvent) : others.start(request, onEvent)),
  };
}

function stream(policy: Uint8Array, say: (event: JobEvent) => void): Job {
  const random = new Random(1);
  const total = 1_000_000;
  let step = 0;
  say({ type: 'ready', backend: 'kernels', backendVersion: 'scripted' });
  const { promise: result, reject } = Promise.withResolvers<never>();
  const timer = setInterval(() => {
    const metrics = Array.from({ length: POINTS }, () => {
      step += 20;
      return [
        { name: METRIC.trainingReturn, step, value: 500 * (1 - Math.exp(-step / 20_000)) + 30 * random.normal() },
        { name: 'loss', step, value: Math.abs(random.normal()) },
      ];
    }).flat();
    say({ type: 'metrics', metrics });
    say({ type: 'progress', progress: { stage: 'training', done: step, total, unit: 'steps' } });
  }, PERIOD_MS);
  const end = (): void => {
    clearInterval(timer);
    reject(new Error('the benchmark is over'));
  };
  return {
    pause: () => undefined,
    continue: () => undefined,
    watch: () => {
      say({ type: 'policy', step, bytes: policy });
    },
    stop: end,
    abort: end,
    result,
  };
}
