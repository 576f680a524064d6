import type { Random } from '../../random/random.ts';
import { clampToGrid, LAST, SIDE, type Game, type GameDefinition, type Grid, type Move } from './game.ts';

const CHICKEN = 0;
const CAR = 1;
/** Speed 1 to 5 have the channels from here on. */
const SPEED = 2;

/** Rows 1 to 8 have a car each. */
const CARS = 8;
const COLUMN = 4;
const WALK_INTERVAL = 3;
const FRAMES = 2500;
const SLOWEST = 5;

/**
 * **Description.** A chicken crosses a road of eight lanes, from the bottom to the top. It walks up or down every third
 * frame at most; cars drive around in circles, each at its own speed.
 *
 * **Rewards.** +1 for every crossing, after which the chicken starts again and all cars get new speeds and directions.
 *
 * **Start.** The chicken at the bottom, all cars in the leftmost column, driving a cell every 1 to 5 frames to either
 * side.
 *
 * **End.** After 2501 frames. A chicken that is hit starts again.
 */
class Freeway implements Game {
  over = false;
  #chicken = LAST;
  #walkIn = 0;
  #framesLeft = FRAMES;
  /** By lane: where the car is, whether it drives to the right (1) or left (−1), frames per cell, and until the next. */
  readonly #carX = new Int8Array(CARS);
  readonly #carDirection = new Int8Array(CARS);
  readonly #carInterval = new Int8Array(CARS);
  readonly #carMovesIn = new Int8Array(CARS);

  reset(random: Random): void {
    this.over = false;
    this.#chicken = LAST;
    this.#walkIn = WALK_INTERVAL;
    this.#framesLeft = FRAMES;
    this.#carX.fill(0);
    this.#changeSpeeds(random);
  }

  #changeSpeeds(random: Random): void {
    for (let lane = 0; lane < CARS; lane++) {
      this.#carInterval[lane] = this.#carMovesIn[lane] = 1 + random.integer(SLOWEST);
      this.#carDirection[lane] = random.integer(2) === 0 ? -1 : 1;
    }
  }

  play(move: Move, random: Random): number {
    let reward = 0;
    if ((move === 'up' || move === 'down') && this.#walkIn === 0) {
      this.#walkIn = WALK_INTERVAL;
      this.#chicken = clampToGrid(this.#chicken + (move === 'up' ? -1 : 1));
    }
    if (this.#chicken === 0) {
      reward = 1;
      this.#changeSpeeds(random);
      this.#chicken = LAST;
    }
    for (let lane = 0; lane < CARS; lane++) {
      this.#collide(lane);
      if (this.#carMovesIn[lane] === 0) {
        this.#carMovesIn[lane] = this.#carInterval[lane]!;
        this.#carX[lane] = (this.#carX[lane]! + this.#carDirection[lane]! + SIDE) % SIDE;
        this.#collide(lane);
      } else {
        this.#carMovesIn[lane]!--;
      }
    }
    if (this.#walkIn > 0) this.#walkIn--;
    this.#framesLeft--;
    if (this.#framesLeft < 0) this.over = true;
    return reward;
  }

  #collide(lane: number): void {
    if (this.#carX[lane] === COLUMN && this.#chicken === lane + 1) this.#chicken = LAST;
  }

  paint(grid: Grid): void {
    grid.light(CHICKEN, COLUMN, this.#chicken);
    for (let lane = 0; lane < CARS; lane++) {
      const x = this.#carX[lane]!;
      grid.light(CAR, x, lane + 1);
      grid.light(SPEED + this.#carInterval[lane]! - 1, (x - this.#carDirection[lane]! + SIDE) % SIDE, lane + 1);
    }
  }

  save(): number[] {
    const cars = [...this.#carX, ...this.#carDirection, ...this.#carInterval, ...this.#carMovesIn];
    return [Number(this.over), this.#chicken, this.#walkIn, this.#framesLeft, ...cars];
  }

  load(state: readonly number[]): void {
    const [over, chicken, walkIn, framesLeft, ...cars] = state as [number, ...number[]];
    this.over = over === 1;
    this.#chicken = chicken!;
    this.#walkIn = walkIn!;
    this.#framesLeft = framesLeft!;
    [this.#carX, this.#carDirection, this.#carInterval, this.#carMovesIn].forEach((column, i) => {
      column.set(cars.slice(CARS * i, CARS * (i + 1)));
    });
  }
}

export const freeway: GameDefinition = {
  name: 'Freeway',
  description: 'Lead a chicken across a road of eight lanes, over and over.',
  channels: [
    { name: 'chicken', role: 'body' },
    { name: 'car', role: 'accent' },
    { name: 'trail of a car that drives every frame', role: 'guide' },
    { name: 'trail of a car that drives every 2 frames', role: 'guide' },
    { name: 'trail of a car that drives every 3 frames', role: 'guide' },
    { name: 'trail of a car that drives every 4 frames', role: 'guide' },
    { name: 'trail of a car that drives every 5 frames', role: 'guide' },
  ],
  moves: ['none', 'up', 'down'],
  create: () => new Freeway(),
};
