// What is said to a thread that helps to play.
import type { MessagePort } from 'node:worker_threads';
import type { Match } from '../../engine/environments/players.ts';

/** What it is started with. */
export interface HelperData {
  /** One word, which changes with every invitation. */
  readonly calls: Int32Array;
  readonly port: MessagePort;
  /** An environment's id, as the thread finds it in the registry. */
  readonly environment: string;
}

export interface Invitation {
  readonly parts: readonly Match[];
  /** Of the board. */
  readonly buffer: SharedArrayBuffer;
}
