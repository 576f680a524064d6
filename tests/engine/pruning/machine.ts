// A machine whose clock tells work: what tests of latency run on.
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { Backend } from '../../../src-main/engine/numerics/backend.ts';
import { recordingContext, type RecordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';

export const NANOSECONDS_PER_MAC = 10;

/** An inference of one state takes as long as its MACs say, and everything else no time. */
export function machine(
  slowdown: (context: RecordingContext) => number = () => 1,
  breaths?: number,
): { backend: Backend; context: RecordingContext } {
  let milliseconds = 0;
  const context = { ...recordingContext(breaths), now: () => milliseconds };
  const backend: Backend = {
    ...testBackend,
    instantiate: (network, parameters, options) => {
      const instance = testBackend.instantiate(network, parameters, options);
      const { macs } = countNetwork(network, parameters);
      const forward: typeof instance.forward = (inputs, batch, choice) => {
        if (batch === 1) milliseconds += macs * NANOSECONDS_PER_MAC * 1e-6 * slowdown(context);
        return instance.forward(inputs, batch, choice);
      };
      return new Proxy(instance, {
        get: (target, name) => {
          if (name === 'forward') return forward;
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    },
  };
  return { backend, context };
}
