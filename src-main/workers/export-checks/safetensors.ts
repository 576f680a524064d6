import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { instantiateModel } from '../../engine/evaluation/measure-model.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { placeNetwork } from '../../engine/networks/shapes.ts';
import type { OpenExport } from './answer.ts';

const BATCH = 256;

/** Secateur itself, from the bytes that were written. */
export const openSafetensors =
  (backend: Backend): OpenExport =>
  ({ files }) => {
    const model = readModel(files[0]!.bytes, files[0]!.name);
    const instance = instantiateModel(backend, model, BATCH);
    const { inputSize, outputSize } = placeNetwork(model.description.network);
    return Promise.resolve({
      reader: `Secateur, ${backend.version}`,
      answer: (observations, count) => {
        const answers = new Float32Array(count * outputSize);
        for (let from = 0; from < count; from += BATCH) {
          const rows = Math.min(BATCH, count - from);
          const batch = observations.subarray(from * inputSize, (from + rows) * inputSize);
          answers.set(instance.forward(batch, rows).subarray(0, rows * outputSize), from * outputSize);
        }
        return Promise.resolve(answers);
      },
      infer: (observation) => {
        instance.forward(observation, 1);
        return Promise.resolve();
      },
      close: () => {
        instance.dispose();
        return Promise.resolve();
      },
    });
  };
