import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../../../../src-main/engine/formats/onnx/write.ts';
import { exportCases, largestDifference, randomObservations } from '../export-cases.ts';

describe('ONNX Runtime runs the exported policy', () => {
  it.each(exportCases)('$name', async (example) => {
    const { model, count, outputName } = example;
    const session = await InferenceSession.create(writeOnnx(model, {}));
    expect(session.inputNames).toEqual(['observation']);
    expect(session.outputNames).toEqual([outputName]);
    const observations = randomObservations(example);
    const { shape } = model.description.network.input;
    const results = await session.run({ observation: new Tensor('float32', observations, [count, ...shape]) });
    const output = results[outputName]!;
    expect(output.dims[0]).toBe(count);
    expect(largestDifference(example, observations, output.data as Float32Array)).toBeLessThan(1e-4);
  });

  it('takes a single observation', async () => {
    const session = await InferenceSession.create(writeOnnx(exportCases[0]!.model, {}));
    const results = await session.run({ observation: new Tensor('float32', Float32Array.of(0, 0, 0, 0), [1, 4]) });
    expect(results.q_values!.dims).toEqual([1, 2]);
  });
});

it('writes equal models to equal bytes, with the provenance inside', () => {
  const { model } = exportCases[1]!;
  const bytes = writeOnnx(model, { recipe: '{"seed": 7}' });
  expect(writeOnnx(model, { recipe: '{"seed": 7}' })).toEqual(bytes);
  expect(Buffer.from(bytes).includes('{"seed": 7}')).toBe(true);
});

it('leaves the critic out', () => {
  const actorCritic = exportCases.find((example) => example.model.description.algorithm === 'ppo')!;
  const bytes = Buffer.from(writeOnnx(actorCritic.model, {}));
  expect(bytes.includes('policy/output')).toBe(true);
  expect(bytes.includes('value/output')).toBe(false);
});
