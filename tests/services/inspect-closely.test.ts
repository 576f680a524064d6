import { expect, it } from 'vitest';
import { floatsOfBytes } from '../../src-main/contract/floats.ts';
import { importModel } from '../../src-main/services/import-model.ts';
import { kernelOf, modelStatistics } from '../../src-main/services/inspect-closely.ts';
import { readSample } from '../../src-main/services/sample-agent.ts';
import type { Services } from '../../src-main/services/services.ts';
import { openSampleServices } from './sample-services.ts';

async function withSample(): Promise<{ services: Services; id: string }> {
  const services = await openSampleServices();
  const { model } = await importModel(services, await readSample());
  return { services, id: model.id };
}

it('statistics are computed once, and kept with the weights', async () => {
  const { services, id } = await withSample();
  const statistics = await modelStatistics(services, id);
  expect(statistics.map(({ layer, kernel }) => [layer, kernel?.shape])).toEqual([
    ['dense_1', [4, 256]],
    ['dense_2', [256, 256]],
    ['q/output', [256, 2]],
  ]);
  const idle = { ...services, jobHost: { start: () => expect.unreachable('it was computed already') } };
  expect(await modelStatistics(idle, id)).toEqual(statistics);
});

it('the weights of a layer arrive as bytes and are what the statistics say', async () => {
  const { services, id } = await withSample();
  const { shape, values, bias } = await kernelOf(services, id, 'q/output');
  expect(shape).toEqual([256, 2]);
  expect(floatsOfBytes(bias)).toHaveLength(2);
  const floats = floatsOfBytes(values);
  const { kernel } = (await modelStatistics(services, id)).find(({ layer }) => layer === 'q/output')!;
  expect(Math.min(...floats)).toBe(kernel!.living!.min);
  expect(Math.max(...floats)).toBe(kernel!.living!.max);
  await expect(kernelOf(services, id, 'q2')).rejects.toMatchObject({ name: 'NoSuchKernelError', kind: 'bad-input' });
});
