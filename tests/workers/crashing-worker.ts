// A worker that dies of something nobody awaits, right after its backend loaded: SECATEUR_TEST_CRASH says of what.
import type { WorkerMessage } from '../../src-main/contract/job.ts';

/** More than a pipe holds, so that it arrives only if the worker lives on for a moment. */
const MESSAGE = 'boom '.repeat(200_000);

const crashes: Readonly<Record<string, () => void>> = {
  exception: () => {
    throw new Error(MESSAGE);
  },
  rejection: () => {
    void Promise.reject(new Error(MESSAGE));
  },
};

const send = process.send!.bind(process);
process.send = (message: WorkerMessage) => {
  if (message.type === 'ready') setImmediate(crashes[process.env.SECATEUR_TEST_CRASH!]!);
  return message.type === 'result' || send(message); // a result would end the job before its crash
};
await import('../../src-main/workers/job.ts');
