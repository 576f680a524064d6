// An agent whose environment cannot be known is not guessed at.
import { expect, it } from 'vitest';
import { UNASSIGNED } from '../../src-main/contract/entity.ts';
import type { JobHost } from '../../src-main/services/job-host.ts';
import { readNamed } from '../../src-main/services/read-named.ts';
import { openSampleApplication } from './sample-application.ts';
import { openSampleServices, sampleAgent } from './sample-services.ts';

/** The workers' catalogue, with a second environment that has CartPole's spaces. */
async function withTwin(jobHost: JobHost): Promise<JobHost> {
  const result = await jobHost.start({ kind: 'catalogue' }, () => undefined).result;
  if (result.kind !== 'catalogue') throw new Error('no catalogue');
  const { environments } = result.catalogue;
  const twin = { ...environments.find(({ id }) => id === 'CartPole-v1')!, id: 'BalanceBeam-v0' };
  const catalogue = { ...result.catalogue, environments: [...environments, twin] };
  return {
    start: (request, onEvent) =>
      request.kind === 'catalogue'
        ? {
            stop: () => undefined,
            pause: () => undefined,
            continue: () => undefined,
            watch: () => undefined,
            abort: () => undefined,
            result: Promise.resolve({ kind: 'catalogue', catalogue }),
          }
        : jobHost.start(request, onEvent),
  };
}

it('asks which of those that fit, and takes the answer', async () => {
  const services = await openSampleServices();
  const { ask, problem } = await openSampleApplication({ ...services, jobHost: await withTwin(services.jobHost) });
  const file = { ...(await readNamed(sampleAgent)), name: 'policy.zip' };
  const request = { file, normalizer: null, environment: null };
  const { code, choices } = await problem('models.import', request);
  expect(code).toBe('EnvironmentUndecidedError');
  expect(choices).toEqual(['CartPole-v1', 'BalanceBeam-v0', UNASSIGNED]);
  expect(await ask('projects.list', null)).toEqual([]);
  const imported = await ask('models.import', { ...request, environment: choices![0]! });
  expect(imported.project.environmentId).toBe('CartPole-v1');
  const homeless = await ask('models.import', { ...request, environment: UNASSIGNED });
  expect(homeless).toMatchObject({ known: false, project: { environmentId: UNASSIGNED } });
});
