// A thread that steps worlds, as the run's thread sees it: asked and waited for, without an event loop in between.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { toProblem } from '../../contract/secateur-error.ts';
import { ANSWERED, ASKED, BLOCK, FAILED, MESSAGE, WORDS, type Answer, type Question } from './protocol.ts';
import {
  EnvironmentThreadFailedError,
  EnvironmentThreadNotStartedError,
  EnvironmentThreadSilentError,
} from './thread-errors.ts';

/** In a build it lies beside this code, compiled. */
const ENTRY = fileURLToPath(
  new URL(`./environment-thread-entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'cjs'}`, import.meta.url),
);

/** Looks before sleeping, a few microseconds in all: blocks of the same size end at about the same time. */
const LOOKS = 2000;
/** A process that was stopped and goes on has lost one of these at most, and not its patience. */
const SLICE_MS = 1000;

export interface ThreadOptions {
  /** An environment's id, as the thread finds it in the registry. */
  readonly environment: string;
  /** Path of the thread's module. */
  readonly entry?: string;
  /** Seconds that an answer may take; a step takes microseconds. */
  readonly patience?: number;
}

export class EnvironmentThread {
  readonly #environment: string;
  readonly #patience: number;
  readonly #control = new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
  readonly #port: MessagePort;
  readonly #worker: Worker;
  #asked = 0;
  #failure: Error | null = null;

  constructor({ environment, entry = ENTRY, patience = 60 }: ThreadOptions) {
    const { port1, port2 } = new MessageChannel();
    this.#environment = environment;
    this.#patience = patience;
    this.#port = port1;
    const workerData = { control: this.#control, port: port2, environment };
    this.#worker = new Worker(entry, { workerData, transferList: [port2] });
    this.#worker.on('error', (error) => {
      this.#failure ??= new EnvironmentThreadFailedError(environment, 'it was idle', toProblem(error));
    });
  }

  /** @throws EnvironmentThreadNotStartedError */
  async started(): Promise<void> {
    try {
      await Promise.race([
        once(this.#worker, 'message'),
        once(this.#worker, 'exit').then(([code]) => {
          throw new Error(`it ended with code ${String(code)}`);
        }),
      ]);
    } catch (error) {
      throw new EnvironmentThreadNotStartedError(this.#environment, error as Error);
    }
    // The run that it serves keeps the process alive.
    this.#worker.unref();
  }

  /** Begins a step of a block: `finish` waits for its end. @throws what `finish` throws, of what was before */
  step(block: number): void {
    this.#ask(block);
  }

  /**
   * Waits for the end of what was begun.
   * @param doing for the error: "stepping"
   * @throws EnvironmentThreadFailedError, EnvironmentThreadSilentError
   */
  finish(doing: string): void {
    const control = this.#control;
    const asked = this.#asked;
    for (let looks = 0; looks < LOOKS; looks++) if (Atomics.load(control, ANSWERED) === asked) return;
    for (let slices = 0; Atomics.load(control, ANSWERED) !== asked;) {
      if (this.#failure === null && Atomics.load(control, FAILED) === 1) this.#failure = this.#told(doing);
      if (slices >= this.#patience) {
        this.#failure ??= new EnvironmentThreadSilentError(this.#environment, doing, this.#patience);
      }
      if (this.#failure !== null) throw this.#failure;
      if (Atomics.wait(control, ANSWERED, (asked - 1) | 0, SLICE_MS) === 'timed-out') slices++;
    }
  }

  /** @throws what `finish` throws */
  answer(question: Question, doing: string): Answer {
    this.#port.postMessage(question);
    this.#ask(MESSAGE);
    this.finish(doing);
    return (receiveMessageOnPort(this.#port) as { message: Answer }).message;
  }

  async end(): Promise<void> {
    this.#port.close();
    await this.#worker.terminate();
  }

  #ask(block: number): void {
    if (this.#failure !== null) throw this.#failure;
    this.#asked = (this.#asked + 1) | 0; // as the shared word has it
    this.#control[BLOCK] = block;
    Atomics.store(this.#control, ASKED, this.#asked);
    Atomics.notify(this.#control, ASKED);
  }

  #told(doing: string): Error {
    const { problem } = (receiveMessageOnPort(this.#port) as { message: Answer }).message;
    return new EnvironmentThreadFailedError(this.#environment, doing, problem!);
  }
}
