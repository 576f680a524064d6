// Ctrl-C once keeps what there is, twice aborts; whoever is killed, nobody hangs and nobody stays behind.
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { LogLine, Run } from '../../../src-main/contract/entity.ts';
import type { TrainOutcome } from '../../../src-main/services/run-train.ts';
import type { PruneOutcome } from '../../../src-main/services/run-prune.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { isRunning, outputOf, startCli, workersOf, type RunningCli } from './start-cli.ts';

const EPISODES = ['--episodes', '4'];
const LEARNING = /"training return"/;

function startTraining(store: string, ...more: string[]): RunningCli {
  return startCli(
    '--store',
    store,
    '--json',
    'train',
    '--env',
    'CartPole-v1',
    '--steps',
    '400000',
    ...EPISODES,
    ...more,
  );
}

interface ShownRun {
  readonly run: Run;
  readonly log: readonly LogLine[];
}

/** The only run of a store, as the next process sees it. */
async function onlyRun(store: string): Promise<ShownRun> {
  const [project] = JSON.parse(await outputOf('--store', store, '--json', 'list', '--runs')) as { runs: Run[] }[];
  expect(project?.runs).toHaveLength(1);
  return JSON.parse(await outputOf('--store', store, '--json', 'show', project!.runs[0]!.id)) as ShownRun;
}

const modelsIn = async (store: string): Promise<unknown[]> =>
  (JSON.parse(await outputOf('--store', store, '--json', 'list')) as { models: unknown[] }[]).flatMap(
    ({ models }) => models,
  );

const gone = (pid: number): Promise<void> =>
  vi.waitFor(
    () => {
      expect(isRunning(pid)).toBe(false);
    },
    { timeout: 20_000, interval: 20 },
  );

/** The worker at work, known by the only child process there is. */
function workerOf({ child }: RunningCli): number {
  const workers = workersOf(child.pid!);
  expect(workers).toHaveLength(1);
  return workers[0]!;
}

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it('once: training ends early, its best policy is measured, stored, exported and printed', async () => {
    const store = join(temporaryFolder(), 'store');
    const cli = startTraining(store, '--out', join(store, '..', 'out'), '--formats', 'safetensors');
    await cli.says(LEARNING);
    cli.child.kill('SIGINT');
    const { code, stdout } = await cli.finished;
    expect(code).toBe(0);
    const outcome = JSON.parse(stdout) as TrainOutcome;
    expect(outcome).toMatchObject({ kind: 'train', stopped: true });
    expect(outcome.test.returns).toHaveLength(4);
    expect(outcome.exported?.files.map(({ path }) => path)).toContain('policy.safetensors');
    expect(await modelsIn(store)).toHaveLength(1);
  });

  it('once: the search ends with the most that it had pruned so far', async () => {
    const store = join(temporaryFolder(), 'store');
    const cli = startCli('--store', store, '--json', 'prune', sampleAgent, ...EPISODES);
    await cli.says(/ kept"/);
    cli.child.kill('SIGINT');
    const { code, stdout } = await cli.finished;
    expect(code).toBe(0);
    const { report } = JSON.parse(stdout) as PruneOutcome;
    expect(report.stopped).toBe(true);
    expect(report.pruned.count.nonzeroWeights).toBeLessThan(report.dense.count.weights);
    expect(await modelsIn(store)).toHaveLength(2);
  });

  it('twice: everything ends, the run is cancelled, the exit code is 130', async () => {
    const store = join(temporaryFolder(), 'store');
    const cli = startTraining(store);
    await cli.says(LEARNING);
    const worker = process.platform === 'linux' ? workerOf(cli) : null;
    // A worker that hears nothing cannot stop, so that the second one always comes in time.
    if (worker !== null) process.kill(worker, 'SIGSTOP');
    cli.child.kill('SIGINT');
    await cli.says(/"warning".*Ctrl-C again/);
    cli.child.kill('SIGINT');
    const { code, stdout, stderr } = await cli.finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(JSON.parse(stderr.trimEnd().split('\n').at(-1)!)).toMatchObject({ problem: { kind: 'cancelled' } });
    if (worker !== null) await gone(worker);
    expect((await onlyRun(store)).run).toMatchObject({ status: 'cancelled', problem: null });
    expect(await modelsIn(store)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('killed', () => {
  it('a worker: the run has failed, with its problem and its log, and the exit code is 7', async () => {
    const store = join(temporaryFolder(), 'store');
    const cli = startTraining(store);
    await cli.says(LEARNING);
    process.kill(workerOf(cli), 'SIGKILL');
    const { code, stdout } = await cli.finished;
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    const { run, log } = await onlyRun(store);
    expect(run).toMatchObject({ status: 'failed', problem: { code: 'WorkerDiedError' } });
    expect(log.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^backend kernels/),
      expect.stringMatching(/SIGKILL/),
    ]);
    expect(await outputOf('--store', store, 'list', '--runs')).toMatch(/train +failed .*SIGKILL/);
  });

  it('the command line: its worker ends by itself, and the run is found interrupted', async () => {
    const store = join(temporaryFolder(), 'store');
    const cli = startTraining(store);
    await cli.says(LEARNING);
    const worker = workerOf(cli);
    cli.child.kill('SIGKILL');
    await cli.finished;
    await gone(worker);
    expect((await onlyRun(store)).run).toMatchObject({ status: 'interrupted', problem: null });
  });
});
