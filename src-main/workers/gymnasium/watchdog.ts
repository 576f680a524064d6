// Ends a process that does not answer in time, while this thread waits for its answer and can do nothing itself.
import { Worker } from 'node:worker_threads';

/** What is shared with the thread that watches: the question that is open (0: none), whether it acted, whether to end. */
const OPEN = 0;
const BITTEN = 1;
const ENDED = 2;

/** Plain JavaScript of its own: a thread that does nothing else needs no file in the bundle. */
const THREAD = `
const { workerData } = require('node:worker_threads');
const { shared, pid, limits } = workerData;
let open = 0;
let since = 0;
while (Atomics.load(shared, ${ENDED}) === 0) {
  const now = performance.now();
  const question = Atomics.load(shared, ${OPEN});
  if (question !== open) [open, since] = [question, now];
  const limit = question === 0 ? Infinity : limits[question & 1];
  if (now - since >= limit) {
    Atomics.store(shared, ${BITTEN}, 1);
    try { process.kill(pid, 'SIGKILL'); } catch {}
    break;
  }
  Atomics.wait(shared, ${ENDED}, 0, Math.min(1000, limits[0] / 4));
}`;

/** How long answers may take, in milliseconds: those that come of playing, and those that load or make things. */
export interface Patience {
  readonly step: number;
  readonly make: number;
}

export class Watchdog {
  readonly #shared = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  #asked = 0;

  constructor(pid: number, patience: Patience) {
    const workerData = { shared: this.#shared, pid, limits: [patience.step, patience.make] };
    const thread = new Worker(THREAD, { eval: true, workerData, execArgv: [] });
    thread.unref();
  }

  /** A question was asked. @param patience which kind of answer is waited for */
  ask(patience: keyof Patience): void {
    this.#asked = (this.#asked + 1) % (1 << 29);
    // The lowest bit says which limit counts; never 0, which says that nothing is open.
    Atomics.store(this.#shared, OPEN, 2 * (this.#asked + 1) + (patience === 'make' ? 1 : 0));
  }

  answered(): void {
    Atomics.store(this.#shared, OPEN, 0);
  }

  /** Whether it ended the process. */
  get acted(): boolean {
    return Atomics.load(this.#shared, BITTEN) === 1;
  }

  /** Lets its thread end. */
  end(): void {
    Atomics.store(this.#shared, ENDED, 1);
    Atomics.notify(this.#shared, ENDED);
  }
}
