// Environments of Python from the outside: whole jobs in real workers.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { DQN_DEFAULTS } from '../../../src-main/engine/agents/dqn/config.ts';
import { freshDqnModel } from '../../../src-main/engine/agents/dqn/network.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { childProcessJobHost } from '../../../src-main/hosts/child-process-job-host.ts';
import { checkPython } from '../../../src-main/services/check-python.ts';
import { describeEnvironment } from '../../../src-main/services/describe-environment.ts';
import { JobAbortedError } from '../../../src-main/services/job-errors.ts';
import type { JobEvent } from '../../../src-main/services/job-host.ts';
import { trainRecipe } from '../../contract/recipes.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { useStandIn, whyNoPython } from './stand-in.ts';

beforeAll(useStandIn);
beforeEach((context) => {
  if (whyNoPython !== null) context.skip(whyNoPython);
});

const jobHost = childProcessJobHost(fileURLToPath(new URL('../../../src-main/workers/job.ts', import.meta.url)));

/** An untrained agent for the counting worlds. */
const model = writeModel(
  freshDqnModel(
    { ...DQN_DEFAULTS, hiddenUnits: [8] },
    {
      observationSpace: { kind: 'box', shape: [2], low: [0, 0], high: [1, 1] },
      actionSpace: { kind: 'discrete', n: 3 },
    },
    new Random(3),
  ),
);

it('describes an environment with settings to train in it with', async () => {
  const { environment, templates } = await describeEnvironment(jobHost, 'gym:Counter-v0');
  expect(environment).toMatchObject({ id: 'gym:Counter-v0', actions: '3 discrete actions', observation: [2] });
  expect(environment.scene?.shapes[0]?.kind).toBe('picture');
  expect(templates.map(({ algorithm, environment: id }) => [algorithm, id])).toEqual([
    ['dqn', 'gym:Counter-v0'],
    ['ppo', 'gym:Counter-v0'],
    ['a2c', 'gym:Counter-v0'],
  ]);
});

it('describes what cannot be drawn without a picture', async () => {
  const { environment } = await describeEnvironment(jobHost, 'gym:Undrawn-v0');
  expect(environment.scene).toBeNull();
});

it('offers convolutions for pixels and no DQN for continuous actions', async () => {
  const [pixels] = (await describeEnvironment(jobHost, 'gym:Pixels-v0')).templates;
  expect(pixels?.algorithm === 'dqn' && pixels.config.convolutions).toHaveLength(1);
  const { templates } = await describeEnvironment(jobHost, 'gym:Steering-v0');
  expect(templates.map(({ algorithm }) => algorithm)).toEqual(['ppo', 'a2c']);
});

it('says what Python has', async () => {
  const check = await checkPython(jobHost);
  if (!check.works) throw new Error(check.problem.message);
  expect(check.versions.packages.gymnasium).toBe('0.0.0+stand-in');
  expect(check.versions.environments).toContain('Counter-v0');
});

it('takes the Python that is chosen, and says which one is missing', async () => {
  const { result } = jobHost.start({ kind: 'python' }, () => undefined, '/nowhere/python');
  await expect(result).rejects.toMatchObject({ name: 'PythonNotFoundError', kind: 'environment' });
});

it('trains, evaluates and reports', { timeout: 120_000 }, async () => {
  const recipe = { ...trainRecipe(), environment: 'gym:Counter-v0', backend: 'kernels' };
  const logs: string[] = [];
  const hear = (event: JobEvent): void => {
    if (event.type === 'log') logs.push(event.text);
  };
  const result = await jobHost.start({ kind: 'train', recipe, checkpoint: null }, hear).result;
  if (result.kind !== 'train') throw new TypeError('expected a trained model');
  expect(result.model.description.network.input.shape).toEqual([2]);
  expect(result.test).toMatchObject({ environment: 'gym:Counter-v0' });
  // No episode pays less than four steps of 2.5, none more than twelve of 3.5.
  for (const value of result.test.returns) expect(value).toSatisfy((total: number) => total >= 10 && total <= 42);
  expect(logs.join()).toContain('Counter-v0 of gymnasium 0.0.0+stand-in');
});

it('goes on from a checkpoint as if it had never ended', { timeout: 120_000 }, async () => {
  const recipe = { ...trainRecipe(), environment: 'gym:Counter-v0', backend: 'kernels' };
  const checkpoints: Uint8Array[] = [];
  const keep = (event: JobEvent): void => {
    if (event.type === 'checkpoint') checkpoints.push(event.bytes);
  };
  const whole = await jobHost.start({ kind: 'train', recipe, checkpoint: null }, keep).result;
  const checkpoint = checkpoints[Math.floor(checkpoints.length / 2)]!;
  const resumed = await jobHost.start({ kind: 'train', recipe, checkpoint }, () => undefined).result;
  if (whole.kind !== 'train' || resumed.kind !== 'train') throw new TypeError('expected trained models');
  expect(checkpoints.length).toBeGreaterThan(2);
  expect(Buffer.compare(resumed.model.bytes, whole.model.bytes)).toBe(0);
  expect(resumed.test.returns).toEqual(whole.test.returns);
});

it('records episodes with their pictures', async () => {
  const request = {
    kind: 'episodes',
    model,
    environment: 'gym:Counter-v0',
    first: 3,
    most: 1,
    enoughSteps: 1,
    mostSteps: 5,
  } as const;
  const result = await jobHost.start(request, () => undefined).result;
  if (result.kind !== 'episodes') throw new TypeError('expected episodes');
  const [episode] = result.episodes;
  expect(episode).toMatchObject({ environment: 'gym:Counter-v0', seed: 3, stepsPerSecond: 25 });
  expect(episode?.frames).toHaveLength(episode!.actions.length + 1);
  expect(episode?.shapes.every(({ kind }) => kind === 'picture')).toBe(true);
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('leaves no Python behind when a run is ended while a world computes for ever', async () => {
  const file = join(temporaryFolder(), 'pid');
  process.env.STAND_IN_PID_FILE = file;
  const request = {
    kind: 'episodes',
    model,
    environment: 'gym:Computing-v0',
    first: 0,
    most: 1,
    enoughSteps: 1,
    mostSteps: 5,
  } as const;
  const job = jobHost.start(request, () => undefined);
  const ended = job.result.catch((error: unknown) => error);
  await vi.waitFor(
    () => {
      if (!existsSync(file) || readFileSync(file, 'utf8') === '') throw new Error('it does not compute yet');
    },
    { timeout: 50_000, interval: 20 },
  );
  const pid = Number(readFileSync(file, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  job.abort();
  expect(await ended).toBeInstanceOf(JobAbortedError);
  await vi.waitFor(
    () => {
      expect(isAlive(pid)).toBe(false);
    },
    { timeout: 10_000, interval: 20 },
  );
});
