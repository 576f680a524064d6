// PyTorch in a process of its own, which is asked one thing at a time.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Contestant } from './rounds.ts';

export const peerScript = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export const PEER_THREADS = [1, 2] as const;

const measuredSchema = z.object({ microseconds: z.number() });

export class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string) {
    const child = spawn(python, [peerScript('peer.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Runs the function of peer.py that `command` names. */
  async ask<T>(schema: z.ZodType<T>, command: string, request: Readonly<Record<string, unknown>> = {}): Promise<T> {
    this.#process.stdin!.write(`${JSON.stringify({ command, ...request })}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`peer.py ended at "${command}"; its traceback is above`);
    return schema.parse(JSON.parse(line.value));
  }

  /** What was prepared last, with 1 thread and with 2: the faster counts. */
  contestant({ inference }: { readonly inference: boolean }): Contestant {
    return {
      name: 'PyTorch',
      measure: async (seconds) => {
        const times: number[] = [];
        for (const threads of PEER_THREADS) {
          const request = { threads, inference, seconds };
          times.push((await this.ask(measuredSchema, 'measure', request)).microseconds);
        }
        return Math.min(...times);
      },
    };
  }

  close(): void {
    this.#process.stdin!.end();
  }
}
