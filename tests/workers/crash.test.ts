// A worker that crashes says of what, whichever backend it loaded: some bring listeners of their own for uncaught errors.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RelayedError, toProblem } from '../../src-main/contract/secateur-error.ts';
import { childProcessJobHost } from '../../src-main/hosts/child-process-job-host.ts';
import { loadTensorflow } from '../../src-main/workers/load-tensorflow.ts';

const host = childProcessJobHost(fileURLToPath(new URL('crashing-worker.ts', import.meta.url)));

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(['kernels', 'cpu', 'wasm', 'tensorflow'])('a worker with the backend %s', (backend) => {
  for (const crash of ['exception', 'rejection']) {
    it(`reports an uncaught ${crash} as what it was`, async (context) => {
      const native = backend === 'tensorflow' ? loadTensorflow() : undefined;
      if (native?.kind === 'unavailable') context.skip(native.reason);
      vi.stubEnv('SECATEUR_TEST_CRASH', crash);
      const logged: string[] = [];
      const { result } = host.start({ kind: 'probe', backend }, (event) => {
        if (event.type === 'log') logged.push(event.text);
      });
      const error: unknown = await result.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RelayedError);
      const { kind, message } = toProblem(error);
      expect({ kind, start: message.slice(0, 10), length: message.length }).toEqual({
        kind: 'internal',
        start: 'boom boom ',
        length: 1_000_000,
      });
      expect(logged).toEqual([expect.stringContaining('crashing-worker.ts')]);
    });
  }
});
