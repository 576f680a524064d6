// A whole training run, each side in a fresh process: CartPole with rl-baselines3-zoo's settings.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PEER_THREADS, peerScript } from './peer.ts';
import type { Work } from './work.ts';

const SEED = 1;
const TRAINING_SCRIPT = fileURLToPath(new URL('../train-cartpole.ts', import.meta.url));

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

export function wholeRunWork(
  name: string,
  { python, steps, target }: { readonly python: string; readonly steps: number; readonly target: number },
): Work {
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
              const ours = await run(process.execPath, [...process.execArgv, TRAINING_SCRIPT, steps, SEED]);
              notes.push(noteOf('Secateur', ours));
              return 1e6 * ours.seconds;
            },
          },
          {
            name: 'Stable-Baselines3',
            measure: async () => {
              const runs: Run[] = [];
              for (const threads of PEER_THREADS) {
                runs.push(await run(python, [peerScript('peer_cartpole.py'), steps, threads, SEED]));
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
