import { expect, it } from 'vitest';
import { modelSaliency } from '../../src-main/services/model-saliency.ts';
import { RunControl } from '../../src-main/services/run-control.ts';
import { openSampleServices, sampleSource } from './sample-services.ts';

it('a worker scores the units of a file, and nothing is stored', async () => {
  const services = await openSampleServices();
  const question = {
    environment: 'CartPole-v1',
    criterion: 'activity',
    granularity: 'neuron',
    seed: 0,
    backend: 'kernels',
  };
  const saliency = await modelSaliency(services, sampleSource, question, new RunControl(), () => undefined);
  expect(saliency.layers.map(({ layer, shape, estimate }) => ({ layer, shape, estimate }))).toEqual([
    { layer: 'dense_1', shape: [4, 256], estimate: null },
    { layer: 'dense_2', shape: [256, 256], estimate: null },
  ]);
  for (const { scores } of saliency.layers) {
    expect(scores).toBeInstanceOf(Float32Array);
    expect(scores).toHaveLength(256);
    expect(Math.max(...scores)).toBeGreaterThan(Math.min(...scores));
  }
  expect(services.store.projects.list()).toEqual([]);
});

it('a question that has no answer is refused as the engine refuses it', async () => {
  const services = await openSampleServices();
  const question = { environment: null, criterion: 'apoz', granularity: 'neuron', seed: 0, backend: 'kernels' };
  const attempt = modelSaliency(services, sampleSource, question, new RunControl(), () => undefined);
  await expect(attempt).rejects.toMatchObject({ name: 'NowhereToActError', kind: 'bad-input' });
});
