// One observation in, Q-values out: our kernels, ONNX Runtime on our export, and PyTorch.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { writeOnnx } from '../../../src-main/engine/formats/onnx/write.ts';
import { placeNetwork } from '../../../src-main/engine/networks/shapes.ts';
import type { NetworkInstance } from '../../../src-main/engine/numerics/backend.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { drawModel } from './learner.ts';
import { drawObservations, type LearningTask } from './networks.ts';
import { checkDifference, fromBase64, largestDifference, mapValues, toBase64 } from './parity.ts';
import { contestant, type Contestant } from './rounds.ts';
import type { Comparison, Work } from './work.ts';

/** What a batch of one is best served with. */
const ONE_THREAD = { intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all' } as const;

const outputsSchema = z.object({ outputs: z.string() });

const inferring = (name: string, instance: NetworkInstance, observation: Float32Array): Contestant =>
  contestant(name, (iterations) => {
    for (let i = 0; i < iterations; i++) instance.forward(observation, 1);
  });

/** @param options.densities share of each kernel's weights that lives, by contestant; the first is dense. */
export function inferenceWork(
  name: string,
  task: LearningTask,
  { densities, comparisons }: { densities: Readonly<Record<string, number>>; comparisons: readonly Comparison[] },
): Work {
  return {
    name,
    comparisons,
    prepare: async ({ backend, peer }) => {
      const { network } = task;
      const observation = drawObservations(task.content, placeNetwork(network).inputSize, new Random(7));
      const instances = Object.entries(densities).map(([contestantName, density]) => {
        const { parameters, masks } = drawModel(task, density);
        const instance = backend.instantiate(network, parameters, { maxBatch: 1 });
        instance.setMasks(masks);
        return { contestantName, instance };
      });

      const model = drawModel(task, 1);
      const outputs = instances[0]!.instance.forward(observation, 1).slice();
      const session = await InferenceSession.create(writeOnnx(model, {}), ONE_THREAD);
      const feeds = { [session.inputNames[0]!]: new Tensor('float32', observation, [1, ...network.input.shape]) };
      const answer = (await session.run(feeds))[session.outputNames[0]!]!.data as Float32Array;
      const parameters = mapValues(model.parameters, toBase64);
      const request = { network, parameters, observation: toBase64(observation) };
      const theirs = fromBase64((await peer.ask(outputsSchema, 'prepare_inference', request)).outputs);

      return {
        contestants: [
          ...instances.map(({ contestantName, instance }) => inferring(contestantName, instance, observation)),
          contestant('ONNX Runtime', async (iterations) => {
            for (let i = 0; i < iterations; i++) await session.run(feeds);
          }),
          peer.contestant({ inference: true }),
        ],
        notes: [
          checkDifference('answers of ONNX Runtime', largestDifference(outputs, answer)),
          checkDifference('answers of PyTorch', largestDifference(outputs, theirs)),
        ],
        dispose: async () => {
          for (const { instance } of instances) instance.dispose();
          await session.release();
        },
      };
    },
  };
}
