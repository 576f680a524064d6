// One environment of Gymnasium in a Python of its own: its worlds by number, and typed errors for all that goes wrong.
import type { GymnasiumId } from '../../contract/gymnasium-id.ts';
import type { PythonVersions } from '../../contract/python.ts';
import { pythonVersionsSchema } from '../../contract/python.ts';
import type { SecateurError } from '../../contract/secateur-error.ts';
import {
  EnvironmentAnswerError,
  EnvironmentNotDrawnError,
  EnvironmentNotMadeError,
  EnvironmentNotReproducibleError,
  EnvironmentRaisedError,
  GymnasiumMissingError,
  NonFiniteObservationError,
  UnknownGymnasiumEnvironmentError,
  UnsupportedSpaceError,
} from './gymnasium-errors.ts';
import { bridgeProblemSchema, describedSchema, QUESTION, type BridgeProblem, type Described } from './protocol.ts';
import { PythonProcess, type PythonOptions } from './python-process.ts';

/** Actions of one step: indices, or rows of vectors. */
export type PackedActions = Uint32Array | Float32Array;

const bytesOf = (numbers: ArrayBufferView): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

export class Bridge {
  readonly #process: PythonProcess;
  /** For messages: "gym:CartPole-v1". */
  readonly #id: string;
  /** Numbers of worlds that nobody plays in. */
  readonly #free: number[] = [];
  #made = 0;

  /** @throws PythonNotFoundError and the other errors of a Python that cannot be used */
  constructor(options: PythonOptions & { readonly id: string }) {
    this.#process = new PythonProcess(options);
    this.#id = options.id;
  }

  /** @throws GymnasiumMissingError */
  versions(): PythonVersions {
    const payload = this.#ask('versions', [], 'importing gymnasium', 'make');
    return pythonVersionsSchema.parse(JSON.parse(payload.toString('utf8')));
  }

  /** @throws GymnasiumMissingError, UnknownGymnasiumEnvironmentError, EnvironmentNotMadeError, UnsupportedSpaceError */
  describe(wanted: GymnasiumId): Described {
    const payload = this.#ask('describe', [Buffer.from(JSON.stringify(wanted))], `making ${this.#id}`, 'make');
    return describedSchema.parse(JSON.parse(payload.toString('utf8')));
  }

  /** A world to play in, which is to be given back. Made at its first reset. */
  take(): number {
    return this.#free.pop() ?? this.#made++;
  }

  giveBack(worlds: readonly number[]): void {
    this.#free.push(...[...worlds].reverse());
  }

  /** @returns the first observation, valid until the next question */
  reset(world: number, seed: number): Buffer {
    const question = Buffer.alloc(12);
    question.writeUInt32LE(world, 0);
    question.writeDoubleLE(seed, 4);
    return this.#ask('reset', [question], `resetting ${this.#id}`, 'make');
  }

  /** @returns rewards as doubles, terminated, truncated, observations: one after the other, each for all worlds */
  step(worlds: Uint32Array, actions: PackedActions): Buffer {
    const count = Uint32Array.of(worlds.length);
    return this.#ask('step', [bytesOf(count), bytesOf(worlds), bytesOf(actions)], `stepping ${this.#id}`, 'step');
  }

  /**
   * Plays an episode from its beginning.
   * @param drawn whether the world is to be one that can be drawn
   * @returns the last observation
   */
  replay(input: {
    readonly world: number;
    readonly seed: number;
    readonly actions: PackedActions;
    readonly steps: number;
    readonly drawn: boolean;
  }): Buffer {
    const question = Buffer.alloc(17);
    question.writeUInt32LE(input.world, 0);
    question.writeUInt8(input.drawn ? 1 : 0, 4);
    question.writeDoubleLE(input.seed, 5);
    question.writeUInt32LE(input.steps, 13);
    return this.#ask('replay', [question, bytesOf(input.actions)], `playing an episode of ${this.#id} again`, 'make');
  }

  /** @returns width, height, and RGB pixels from the top left on, compressed by zlib */
  draw(world: number): Buffer {
    return this.#ask('draw', [bytesOf(Uint32Array.of(world))], `drawing ${this.#id}`, 'make');
  }

  end(): void {
    this.#process.end();
  }

  #ask(what: keyof typeof QUESTION, payload: readonly Uint8Array[], doing: string, patience: 'step' | 'make'): Buffer {
    const answer = this.#process.ask({ what: QUESTION[what], payload, doing, patience });
    if (!answer.failed) return answer.payload;
    throw this.#errorOf(bridgeProblemSchema.parse(JSON.parse(answer.payload.toString('utf8'))));
  }

  #errorOf(problem: BridgeProblem): SecateurError {
    const { python } = this.#process;
    const id = this.#id;
    switch (problem.kind) {
      case 'no-gymnasium':
        return new GymnasiumMissingError(python, problem.message);
      case 'unknown-environment':
        return new UnknownGymnasiumEnvironmentError(id, python, problem.message);
      case 'not-made':
        return new EnvironmentNotMadeError(id, python, problem.message);
      case 'space':
        return new UnsupportedSpaceError(id, problem.which, problem.message);
      case 'raised':
        return new EnvironmentRaisedError(id, problem.where, problem.message, problem.traceback);
      case 'shape': {
        const { actual, expected } = problem;
        const detail = `an observation of shape [${actual.join(', ')}], its space says [${expected.join(', ')}]`;
        return new EnvironmentAnswerError(id, problem.where, detail);
      }
      case 'old-interface':
        return new EnvironmentAnswerError(id, problem.where, problem.message);
      case 'not-finite': {
        const what = problem.element === null ? 'a reward' : `element ${problem.element} of an observation`;
        return new NonFiniteObservationError(id, problem.where, what, problem.value);
      }
      case 'other-replay':
        return new EnvironmentNotReproducibleError(id, problem.message);
      case 'not-drawn':
        return new EnvironmentNotDrawnError(id, problem.message);
    }
  }
}
