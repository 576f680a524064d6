import { describe, expect, it } from 'vitest';
import { readModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { writers } from '../../../src-main/engine/formats/writers.ts';
import { applyMasks } from '../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { sampleModels } from './sample-models.ts';

describe.each(writers.all)('$id', (writer) => {
  it.each(Object.entries(sampleModels))('writes files of different names, the same each time: %s', (_, model) => {
    const files = writer.write(model, { recipe: 'x' });
    expect(new Set(files.map((file) => file.name)).size).toBe(files.length);
    for (const file of files) expect(file.name).toMatch(/^([a-z]+\/)?[a-z]+\.[a-z]+$/);
    expect(writer.write(model, { recipe: 'x' })).toEqual(files);
  });
});

it('safetensors holds what acts, with zeros where the masks prune', () => {
  const model = sampleModels['Gaussian actor-critic with shared layers']!;
  const [file] = writers.get('safetensors').write(model, {});
  const acting = policyOnly(model);
  expect(readModel(file!.bytes)).toEqual({ ...acting, parameters: applyMasks(acting.parameters, acting.masks) });
});
