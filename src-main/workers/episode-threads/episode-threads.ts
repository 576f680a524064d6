// Threads that help to play episodes: whoever is free takes the next part, and who asked plays as well.
import { cpus } from 'node:os'; // not `availableParallelism`: the oldest Electron lacks it
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { isGymnasiumId } from '../../contract/gymnasium-id.ts';
import type { EnvironmentDefinition } from '../../engine/environments/environment.ts';
import { environments } from '../../engine/environments/registry.ts';
import type { Match } from '../../engine/environments/players.ts';
import { Player } from '../../engine/evaluation/play-returns.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import type { RunContext } from '../../engine/run-context.ts';
import { Board } from './board.ts';
import type { HelperData, Invitation } from './protocol.ts';

/** In a build it lies beside this code, compiled. */
const ENTRY = fileURLToPath(
  new URL(`./episode-thread-entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'cjs'}`, import.meta.url),
);
/** Seconds in which some part has to end; one takes a fraction of a second. */
const PATIENCE = 60;
/** What the parts of an evaluation go round for. */
const MOST_THREADS = 8;

export interface EpisodeThreads {
  /** The same environment, with the threads as its players. */
  readonly definition: EnvironmentDefinition;
  readonly close: () => Promise<void>;
}

class Helper {
  readonly #calls = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #port: MessagePort;
  readonly #worker: Worker;

  constructor(entry: string, environment: string, onTrouble: (text: string) => void) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData: HelperData = { calls: this.#calls, port: port2, environment };
    this.#worker = new Worker(entry, { workerData, transferList: [port2] });
    this.#worker.on('error', (error: Error) => {
      onTrouble(`a thread that helps to play ${environment} ended: ${error.message}`);
    });
    // The run that it serves keeps the process alive.
    this.#worker.unref();
  }

  invite(invitation: Invitation): void {
    this.#port.postMessage(invitation);
    Atomics.add(this.#calls, 0, 1);
    Atomics.notify(this.#calls, 0);
  }

  async end(): Promise<void> {
    this.#port.close();
    await this.#worker.terminate();
  }
}

/**
 * Starts threads that help wherever returns of whole episodes are asked for, and waits for none of them: until one is
 * there, whoever asked plays alone. What a thread does not bring to an end is played again by who asked, so that an error
 * of the environment is thrown there. Without threads where they could not play the same: for other backends than the
 * kernels, and for environments that live in a Python.
 * @param backend of who asks
 * @param threads that play, that of the run included
 * @param onTrouble is told, for the log, when one is lost
 */
export function openEpisodeThreads(
  environment: EnvironmentDefinition,
  backend: Backend,
  options: {
    readonly threads: number;
    readonly onTrouble: (text: string) => void;
    /** Path of the thread's module. */
    readonly entry?: string;
    readonly patience?: number;
  },
): EpisodeThreads {
  const { threads, onTrouble, entry = ENTRY, patience = PATIENCE } = options;
  if (threads < 2 || backend.name !== 'kernels' || isGymnasiumId(environment.id)) {
    return { definition: environment, close: () => Promise.resolve() };
  }
  const helpers = Array.from({ length: threads - 1 }, () => new Helper(entry, environment.id, onTrouble));
  const close = async (): Promise<void> => {
    await Promise.all(helpers.splice(0).map((helper) => helper.end()));
  };
  const play = (parts: readonly Match[]): Float64Array[] => {
    const board = new Board(parts);
    if (parts.length > 1) for (const helper of helpers) helper.invite({ parts, buffer: board.buffer });
    const player = new Player(environment, backend);
    const playHere = (part: Match): Float64Array => player.play(part);
    try {
      board.help(playHere);
      if (!board.wait(patience)) {
        onTrouble(`threads that help to play ${environment.id} were silent for ${patience} s: this one goes on alone`);
        void close();
      }
      return board.collect(playHere);
    } finally {
      player.dispose();
    }
  };
  return { definition: { ...environment, players: { play } }, close };
}

/** From now on the engine finds the environment with players on all cores. @returns what ends them */
export function playInThreads(
  environment: string,
  backend: Backend,
  { log }: Pick<RunContext, 'log'>,
): EpisodeThreads['close'] {
  const threads = Math.min(MOST_THREADS, cpus().length);
  const onTrouble = (text: string): void => {
    log('warning', text);
  };
  const { definition, close } = openEpisodeThreads(environments.get(environment), backend, { threads, onTrouble });
  environments.add(definition);
  return close;
}
