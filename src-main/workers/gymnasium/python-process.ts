// A Python that runs our script, asked and answered while this thread waits: training loops stay as they are.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGymnasiumScript } from '../gymnasium-script.ts';
import {
  PythonCrashedError,
  PythonHungError,
  PythonNotFoundError,
  PythonProtocolError,
  PythonUnsupportedHereError,
} from './gymnasium-errors.ts';
import { makePipes } from './pipes.ts';
import { Watchdog, type Patience } from './watchdog.ts';

const HEADER_BYTES = 5;
/** Nothing that is asked for is larger: 256 observations of 1024×1024 pixels in colour. */
const MOST_BYTES = 1 << 30;
const LOG_BYTES = 4000;

export interface Answer {
  readonly failed: boolean;
  /** A view that is valid until the next question. */
  readonly payload: Buffer;
}

export interface PythonOptions {
  readonly python: string;
  readonly patience: Patience;
}

export class PythonProcess {
  readonly python: string;
  readonly #child: ChildProcess;
  readonly #watchdog: Watchdog;
  readonly #patience: Patience;
  /** Descriptors of this end. */
  readonly #questions: number;
  readonly #answers: number;
  readonly #log: number;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #payload = Buffer.alloc(1 << 16);
  #question = Buffer.alloc(1 << 12);
  #ended = false;
  readonly #endWithUs = (): void => {
    this.end();
  };

  /** @throws PythonUnsupportedHereError, PythonNotFoundError, PythonUnusableError */
  constructor({ python, patience }: PythonOptions) {
    if (process.platform === 'win32') throw new PythonUnsupportedHereError(process.platform);
    this.python = python;
    this.#patience = patience;
    const folder = mkdtempSync(join(tmpdir(), 'secateur-gymnasium-'));
    try {
      const [questions, answers] = makePipes(python, [join(folder, 'questions'), join(folder, 'answers')]);
      const log = join(folder, 'log');
      const script = join(folder, 'bridge.py');
      writeFileSync(script, readGymnasiumScript());
      const written = openSync(log, 'a');
      this.#log = openSync(log, 'r');
      this.#questions = questions!.writeEnd;
      this.#answers = answers!.readEnd;
      this.#child = spawn(python, ['-u', script], {
        // Not where the person is: MuJoCo leaves its log where it runs.
        cwd: tmpdir(),
        stdio: ['ignore', written, written, questions!.readEnd, answers!.writeEnd],
      });
      for (const descriptor of [written, questions!.readEnd, answers!.writeEnd]) closeSync(descriptor);
      // What happens to it is told by its pipes.
      this.#child.on('error', () => undefined);
      this.#child.unref();
      const { pid } = this.#child;
      if (pid === undefined) throw new PythonNotFoundError(python, new Error('it did not start'));
      this.#watchdog = new Watchdog(pid, patience);
      process.once('exit', this.#endWithUs);
      // Its answer says that the script was read: nothing in the folder is needed by name from then on.
      this.ask({ what: 0, payload: [], doing: 'starting', patience: 'make' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Asks, and waits for the answer.
   * @param question.doing for the error: "stepping gym:Pong"
   * @throws PythonHungError, PythonCrashedError, PythonProtocolError
   */
  ask(question: {
    readonly what: number;
    readonly payload: readonly Uint8Array[];
    readonly doing: string;
    readonly patience: keyof Patience;
  }): Answer {
    const { doing, patience } = question;
    if (this.#ended) throw new PythonCrashedError(doing, 'it had ended before');
    this.#watchdog.ask(patience);
    try {
      this.#send(question.what, question.payload);
      this.#receive(this.#header, HEADER_BYTES);
    } catch (error) {
      throw this.#explained(error, doing, patience);
    }
    const length = this.#header.readUInt32LE(0);
    const status = this.#header[4]!;
    if (length > MOST_BYTES || status > 1) {
      this.end();
      throw new PythonProtocolError(doing, `status ${status}, ${length} bytes`);
    }
    if (length > this.#payload.length) this.#payload = Buffer.alloc(length);
    try {
      this.#receive(this.#payload, length);
    } catch (error) {
      throw this.#explained(error, doing, patience);
    }
    this.#watchdog.answered();
    return { failed: status === 1, payload: this.#payload.subarray(0, length) };
  }

  /** Ends the process and lets go of its pipes. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    process.off('exit', this.#endWithUs);
    this.#watchdog.end();
    this.#child.kill('SIGKILL');
    for (const descriptor of [this.#questions, this.#answers, this.#log]) closeSync(descriptor);
  }

  /** In one piece as long as the pipe takes it. */
  #send(what: number, payload: readonly Uint8Array[]): void {
    const length = payload.reduce((sum, part) => sum + part.byteLength, 0);
    const size = HEADER_BYTES + length;
    if (size > this.#question.length) this.#question = Buffer.alloc(size);
    const question = this.#question;
    question.writeUInt32LE(length, 0);
    question[4] = what;
    let offset = HEADER_BYTES;
    for (const part of payload) {
      question.set(part, offset);
      offset += part.byteLength;
    }
    for (let sent = 0; sent < size;) sent += writeSync(this.#questions, question, sent, size - sent);
  }

  #receive(target: Buffer, length: number): void {
    for (let received = 0; received < length;) {
      const bytes = readSync(this.#answers, target, received, length - received, null);
      if (bytes === 0) throw new RangeError('the other end is closed');
      received += bytes;
    }
  }

  /** The end of what it and its environments have printed. */
  #lastWords(): string {
    const { size } = fstatSync(this.#log);
    const bytes = Buffer.alloc(Math.min(LOG_BYTES, size));
    readSync(this.#log, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8').trim();
  }

  /** What a pipe that broke means. */
  #explained(error: unknown, doing: string, patience: keyof Patience): Error {
    if (this.#ended) return error as Error;
    const words = this.#lastWords();
    const hung = this.#watchdog.acted;
    this.end();
    return hung ? new PythonHungError(doing, this.#patience[patience] / 1000) : new PythonCrashedError(doing, words);
  }
}
