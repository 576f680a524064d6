import { createRequire } from 'node:module';
import { z } from 'zod';
import type { OpenExport } from './answer.ts';

const require = createRequire(import.meta.url);
const { version } = z.object({ version: z.string() }).parse(require('onnxruntime-node/package.json'));

/** ONNX Runtime, one thread: what a batch-1 policy is best served with. */
export const openOnnx: OpenExport = async ({ files, shape }) => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(files[0]!.bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  const run = async (observations: Float32Array, count: number): Promise<Float32Array> => {
    const results = await session.run({ [input]: new Tensor('float32', observations, [count, ...shape]) });
    return results[output]!.data as Float32Array;
  };
  return {
    reader: `onnxruntime-node ${version}`,
    answer: run,
    infer: async (observation) => {
      await run(observation, 1);
    },
    close: () => session.release(),
  };
};
