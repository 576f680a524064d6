// What the run's thread and the threads that step worlds have in common: a ticket that both wait at, and what is asked.
import type { Scene } from '../../contract/environment.ts';
import type { Problem } from '../../contract/secateur-error.ts';
import type { RandomState } from '../../engine/random/random.ts';
import type { BlockShape } from './shared-block.ts';
import type { MessagePort } from 'node:worker_threads';

/** Words of the shared Int32Array: what was asked last and answered last, what to step, and whether something went wrong. */
export const ASKED = 0;
export const ANSWERED = 1;
/** The block to step, or MESSAGE: the question is a message. */
export const BLOCK = 2;
/** 1 once the thread has failed: it answers nothing afterwards. */
export const FAILED = 3;
export const WORDS = 4;
export const MESSAGE = -1;

/** What every thread is started with. */
export interface ThreadData {
  readonly control: Int32Array;
  readonly port: MessagePort;
  readonly environment: string;
}

/** What is asked less often than a step. `block` is a number that the asker chooses, `index` a slot in it. */
export type Question =
  | { readonly kind: 'open'; readonly block: number; readonly shape: BlockShape; readonly buffer: SharedArrayBuffer }
  | { readonly kind: 'close'; readonly block: number }
  | { readonly kind: 'reset'; readonly block: number; readonly index: number; readonly seed: number }
  | { readonly kind: 'save'; readonly block: number; readonly index: number }
  | {
      readonly kind: 'load';
      readonly block: number;
      readonly index: number;
      readonly state: readonly number[];
      readonly random: RandomState;
    }
  | { readonly kind: 'scene'; readonly block: number; readonly index: number };

/** Only what a question asks for is there. */
export interface Answer {
  readonly state?: number[];
  /** Of the slot's stream; null where no episode has begun. */
  readonly random?: RandomState | null;
  readonly scene?: Scene;
  readonly problem?: Problem;
}
