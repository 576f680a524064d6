import type { io } from '@tensorflow/tfjs-core';
import { TFJS_MODEL, TFJS_WEIGHTS } from '../../engine/formats/tfjs/write.ts';
import type { OpenExport } from './answer.ts';

interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: io.WeightsManifestEntry[] }[];
}

/** tf.loadLayersModel on the plain JavaScript backend: the reader that every TensorFlow.js program uses. */
export const openTfjs: OpenExport = async ({ files, shape }) => {
  const tf = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-backend-cpu');
  const { loadLayersModel, version_layers } = await import('@tensorflow/tfjs-layers');
  await tf.setBackend('cpu');
  const bytesOf = (name: string): Uint8Array => files.find((file) => file.name.endsWith(name))!.bytes;
  const json = JSON.parse(new TextDecoder().decode(bytesOf(TFJS_MODEL))) as ModelJson;
  const model = await loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
        weightData: new Uint8Array(bytesOf(TFJS_WEIGHTS)).buffer,
      }),
  });
  return {
    reader: `tfjs-layers ${version_layers}`,
    answer: async (observations, count) => {
      const answers = tf.tidy(() => {
        const predicted = model.predict(tf.tensor(observations, [count, ...shape]));
        return Array.isArray(predicted) ? predicted[0]! : predicted;
      });
      const values = (await answers.data()) as Float32Array;
      answers.dispose();
      return values;
    },
    // The plain JavaScript backend is not what anyone deploys.
    infer: null,
    close: () => {
      model.dispose();
      return Promise.resolve();
    },
  };
};
