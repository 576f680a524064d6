// A whole training run, each side in a fresh process.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PEER_THREADS } from './peer.ts';
import type { PreparedWork, Work } from './work.ts';

const runSchema = z.object({
  /** Of training, without starting the process and loading libraries. */
  seconds: z.number(),
  updates: z.number(),
  /** Mean of the last hundred episodes of training, or of all if they are fewer. */
  lastReturn: z.number(),
});
type Run = z.infer<typeof runSchema>;

async function run(command: string, args: readonly (string | number)[]): Promise<Run> {
  const { stdout } = await promisify(execFile)(command, args.map(String));
  return runSchema.parse(JSON.parse(stdout));
}

const noteOf = (side: string, { updates, lastReturn }: Run): string =>
  `${side}: ${updates} updates, mean return ${lastReturn.toFixed(0)} in the end`;

export interface WholeRun {
  readonly python: string;
  /** Ours ÷ theirs at most. */
  readonly target: number;
  /** Script and arguments; each prints one line of JSON, a `Run`. */
  readonly ours: readonly (string | number)[];
  readonly theirs: (threads: number) => readonly (string | number)[];
}

/** It needs nothing of a benchmark. */
export interface WholeRunWork extends Work {
  readonly prepare: () => Promise<PreparedWork>;
}

export function wholeRunWork(name: string, { python, target, ours: script, theirs }: WholeRun): WholeRunWork {
  return {
    name,
    comparisons: [{ ours: 'Secateur', theirs: 'Stable-Baselines3', target }],
    prepare: () => {
      const notes: string[] = [];
      return Promise.resolve({
        contestants: [
          {
            name: 'Secateur',
            measure: async () => {
              const ours = await run(process.execPath, [...process.execArgv, ...script]);
              notes.push(noteOf('Secateur', ours));
              return 1e6 * ours.seconds;
            },
          },
          {
            name: 'Stable-Baselines3',
            measure: async () => {
              const runs: Run[] = [];
              for (const threads of PEER_THREADS) {
                runs.push(await run(python, theirs(threads)));
              }
              const fastest = runs.reduce((best, next) => (next.seconds < best.seconds ? next : best));
              notes.push(noteOf('Stable-Baselines3', fastest));
              return 1e6 * fastest.seconds;
            },
          },
        ],
        notes,
        dispose: () => undefined,
      });
    },
  };
}
