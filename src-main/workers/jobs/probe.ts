// Whether a backend works here and how fast: one update and one inference of a network that DQN agents commonly have.
import type { JobResult } from '../../contract/job.ts';
import type { NetworkSpecification } from '../../contract/network.ts';
import { measureLatency } from '../../engine/evaluation/latency.ts';
import { initializeParameters } from '../../engine/networks/initialize.ts';
import { ADAM, type Backend } from '../../engine/numerics/backend.ts';
import { Random } from '../../engine/random/random.ts';
import type { RunContext } from '../../engine/run-context.ts';

const BATCH = 64;
const NETWORK: NetworkSpecification = {
  input: { shape: [4], scale: 1 },
  trunk: [
    { kind: 'dense', name: 'dense_1', units: 256, activation: 'relu' },
    { kind: 'dense', name: 'dense_2', units: 256, activation: 'relu' },
  ],
  heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q', units: 2, activation: 'linear' }] }],
  combine: 'concatenate',
};

export function probeJob(backend: Backend, context: RunContext): JobResult {
  const random = new Random(0);
  const parameters = initializeParameters(NETWORK, random);
  const instance = backend.instantiate(NETWORK, parameters, { maxBatch: BATCH, optimizer: ADAM });
  const inputs = Float32Array.from({ length: BATCH * 4 }, () => random.normal());
  const gradient = Float32Array.from({ length: BATCH * 2 }, () => random.normal() / BATCH);
  const now = (): number => context.now();
  const update = measureLatency({
    now,
    run: () => {
      instance.forward(inputs, BATCH, { tape: true });
      instance.backward(gradient);
      instance.step({ learningRate: 1e-4 });
    },
  });
  const inference = measureLatency({ now, run: () => instance.forward(inputs.subarray(0, 4), 1) });
  instance.dispose();
  return {
    kind: 'probe',
    probe: {
      name: backend.name,
      version: backend.version,
      updateMicroseconds: update.medianMicroseconds,
      inferenceMicroseconds: inference.medianMicroseconds,
    },
  };
}
