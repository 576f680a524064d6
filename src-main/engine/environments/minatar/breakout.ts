import type { Random } from '../../random/random.ts';
import { clampToGrid, LAST, SIDE, type Game, type GameDefinition, type Grid, type Move } from './game.ts';

const PADDLE = 0;
const BALL = 1;
const TRAIL = 2;
const BRICK = 3;

const BRICK_ROWS = { first: 1, last: 3 };

/**
 * **Description.** A ball flies diagonally; a paddle at the bottom has to keep it in play while it breaks three rows of
 * bricks.
 *
 * **Rewards.** +1 for every brick.
 *
 * **Start.** The ball in the third row, at the left or the right wall, flying down and away from it.
 *
 * **End.** When the ball passes the paddle. A paddle that the ball would fall on from above sends it up; one that it
 * meets at its far corner sends it back where it came from. With all bricks gone three new rows come when the ball is
 * next at the bottom.
 *
 * A ball that has just broken a brick flies through others until it is out of them.
 */
class Breakout implements Game {
  over = false;
  #paddle = 0;
  #x = 0;
  #y = 0;
  #dx = 1;
  #dy = 1;
  #lastX = 0;
  #lastY = 0;
  #breaking = false;
  readonly #bricks = new Uint8Array(SIDE * SIDE);

  reset(random: Random): void {
    const left = random.integer(2) === 0;
    this.over = false;
    this.#paddle = 4;
    this.#x = this.#lastX = left ? 0 : LAST;
    this.#y = this.#lastY = BRICK_ROWS.last;
    this.#dx = left ? 1 : -1;
    this.#dy = 1;
    this.#breaking = false;
    this.#build();
  }

  #build(): void {
    this.#bricks.fill(0).fill(1, BRICK_ROWS.first * SIDE, (BRICK_ROWS.last + 1) * SIDE);
  }

  play(move: Move): number {
    if (move === 'left') this.#paddle = clampToGrid(this.#paddle - 1);
    if (move === 'right') this.#paddle = clampToGrid(this.#paddle + 1);
    this.#lastX = this.#x;
    this.#lastY = this.#y;
    const wall = this.#x + this.#dx < 0 || this.#x + this.#dx > LAST;
    const x = clampToGrid(this.#x + this.#dx);
    if (wall) this.#dx = -this.#dx;
    const reward = this.#fly(x, this.#y + this.#dy);
    this.#x = x;
    return reward;
  }

  /** The vertical part of the flight, to a cell that may not be free. */
  #fly(x: number, y: number): number {
    const brick = y * SIDE + x;
    if (y < 0) {
      this.#y = 0;
      this.#dy = 1;
    } else if (this.#bricks[brick] === 1) {
      if (!this.#breaking) {
        this.#breaking = true;
        this.#bricks[brick] = 0;
        this.#dy = -this.#dy;
        return 1;
      }
      this.#y = y;
      return 0;
    } else if (y === LAST) {
      if (!this.#bricks.includes(1)) this.#build();
      if (this.#lastX === this.#paddle) {
        this.#dy = -1;
      } else if (x === this.#paddle) {
        this.#dx = -this.#dx;
        this.#dy = -1;
      } else {
        this.#y = y;
        this.over = true;
      }
    } else {
      this.#y = y;
    }
    this.#breaking = false;
    return 0;
  }

  paint(grid: Grid): void {
    grid.light(PADDLE, this.#paddle, LAST);
    grid.light(BALL, this.#x, this.#y);
    grid.light(TRAIL, this.#lastX, this.#lastY);
    this.#bricks.forEach((brick, i) => {
      if (brick === 1) grid.light(BRICK, i % SIDE, Math.floor(i / SIDE));
    });
  }

  save(): number[] {
    const flags = [Number(this.over), Number(this.#breaking)];
    return [...flags, this.#paddle, this.#x, this.#y, this.#dx, this.#dy, this.#lastX, this.#lastY, ...this.#bricks];
  }

  load(state: readonly number[]): void {
    const [over, breaking, paddle, x, y, dx, dy, lastX, lastY, ...bricks] = state as [number, ...number[]];
    this.over = over === 1;
    this.#breaking = breaking === 1;
    this.#paddle = paddle!;
    this.#x = x!;
    this.#y = y!;
    this.#dx = dx!;
    this.#dy = dy!;
    this.#lastX = lastX!;
    this.#lastY = lastY!;
    this.#bricks.set(bricks);
  }
}

export const breakout: GameDefinition = {
  name: 'Breakout',
  description: 'Keep a ball in play with a paddle and break bricks with it.',
  channels: [
    { name: 'paddle', role: 'body' },
    { name: 'ball', role: 'accent' },
    { name: 'trail', role: 'guide' },
    { name: 'brick', role: 'ground' },
  ],
  moves: ['none', 'left', 'right'],
  create: () => new Breakout(),
};
