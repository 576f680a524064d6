// What a game on the 10 × 10 grid of MinAtar is (Young & Tian 2019, "MinAtar: An Atari-inspired testbed"). Its rules are
// published; the code here is written from them and from what a random policy returns, never from theirs.
import type { SceneRole } from '../../../contract/environment.ts';
import type { Random } from '../../random/random.ts';

/** Cells of a side; x grows to the right, y downwards. */
export const SIDE = 10;
export const LAST = SIDE - 1;

/** All there are, in the order of MinAtar's indices. */
export const MOVES = ['none', 'left', 'up', 'right', 'down', 'fire'] as const;
export type Move = (typeof MOVES)[number];

/** What an observation is made of: cells that are lit or not, [10, 10, channels]. */
export class Grid {
  readonly cells: Uint8Array;
  readonly #channels: number;

  constructor(channels: number) {
    this.#channels = channels;
    this.cells = new Uint8Array(SIDE * SIDE * channels);
  }

  clear(): void {
    this.cells.fill(0);
  }

  /** Outside of the grid nothing is lit. */
  light(channel: number, x: number, y: number): void {
    if (x < 0 || x > LAST || y < 0 || y > LAST) return;
    this.cells[(y * SIDE + x) * this.#channels + channel] = 1;
  }

  has(channel: number, x: number, y: number): boolean {
    return this.cells[(y * SIDE + x) * this.#channels + channel] === 1;
  }
}

export interface Game {
  /** Whether the last move ended the episode. */
  readonly over: boolean;
  reset(random: Random): void;
  /** One frame. @returns the reward */
  play(move: Move, random: Random): number;
  paint(grid: Grid): void;
  /** All that `load` needs to go on exactly, as finite numbers. */
  save(): number[];
  load(state: readonly number[]): void;
}

export interface Channel {
  readonly name: string;
  /** How its cells are drawn. */
  readonly role: SceneRole;
}

export interface GameDefinition {
  /** "SpaceInvaders" */
  readonly name: string;
  /** One sentence for people. */
  readonly description: string;
  /** In the order of the observation; drawn in this order too, later ones on top. */
  readonly channels: readonly Channel[];
  /** The moves that do anything in this game. */
  readonly moves: readonly Move[];
  create(): Game;
}

export const clampToGrid = (place: number): number => Math.min(LAST, Math.max(0, place));
