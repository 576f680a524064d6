import '@tensorflow/tfjs-backend-cpu';
import { io, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { TFJS_WEIGHTS, writeTfjs } from '../../../../src-main/engine/formats/tfjs/write.ts';
import { sizeOf } from '../../../../src-main/engine/networks/shapes.ts';
import { exportCases, largestDifference, randomObservations, type ExportCase } from '../export-cases.ts';

beforeAll(() => setBackend('cpu'));

async function load(example: ExportCase): Promise<LayersModel> {
  const { json, weights } = writeTfjs(example.model, {});
  const document = JSON.parse(new TextDecoder().decode(json)) as Required<io.ModelJSON>;
  expect(document.weightsManifest.map((group) => group.paths)).toEqual([[TFJS_WEIGHTS]]);
  const specifications = document.weightsManifest.flatMap((group) => group.weights);
  const floats = specifications.reduce((total, { shape }) => total + sizeOf(shape), 0);
  expect(weights.length).toBe(4 * floats);
  const weightData = weights.slice().buffer;
  const handler = io.fromMemory({ modelTopology: document.modelTopology, weightSpecs: specifications, weightData });
  return loadLayersModel(handler);
}

describe('TensorFlow.js loads the exported policy', () => {
  it.each(exportCases)('$name', async (example) => {
    const { model, count, outputName } = example;
    const layers = await load(example);
    expect(layers.outputNames).toEqual([`output-${outputName}`]);
    // 500 are enough here: ONNX Runtime has answered for the rest.
    const few = { ...example, count: Math.min(count, 500) };
    const observations = randomObservations(few);
    const { shape } = model.description.network.input;
    const output = layers.predict(tensor(observations, [few.count, ...shape])) as Tensor;
    expect(largestDifference(few, observations, (await output.data()) as Float32Array)).toBeLessThan(1e-4);
  });
});

it('carries the provenance and only what acts', () => {
  const actorCritic = exportCases.find((example) => example.model.description.algorithm === 'ppo')!;
  const text = new TextDecoder().decode(writeTfjs(actorCritic.model, { seed: '7' }).json);
  expect(JSON.parse(text)).toMatchObject({ format: 'layers-model', userDefinedMetadata: { seed: '7' } });
  expect(text).not.toContain('value.output');
});
