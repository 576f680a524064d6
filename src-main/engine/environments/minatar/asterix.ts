import type { Random } from '../../random/random.ts';
import { clampToGrid, LAST, type Game, type GameDefinition, type Grid, type Move } from './game.ts';

const PLAYER = 0;
const ENEMY = 1;
const TRAIL = 2;
const GOLD = 3;

/** Rows 1 to 8, each with at most one runner. */
const ROWS = 8;
const FIRST_SPAWN_INTERVAL = 10;
const FIRST_MOVE_INTERVAL = 5;
const RAMP_INTERVAL = 100;

/**
 * **Description.** Enemies and gold run across the rows from either side; the player walks in all four directions,
 * collects the gold and keeps out of the enemies' way.
 *
 * **Rewards.** +1 for gold.
 *
 * **Start.** In the middle of an empty field.
 *
 * **End.** When the player meets an enemy.
 *
 * **Difficulty.** A runner comes every 10 frames, in a row that is free, one in three of them gold, and all take a step
 * every 5 frames. About every hundred frames runners come a frame more often, and every second time they also run a
 * frame faster, down to one.
 */
class Asterix implements Game {
  over = false;
  #x = 0;
  #y = 0;
  #spawnInterval = FIRST_SPAWN_INTERVAL;
  #moveInterval = FIRST_MOVE_INTERVAL;
  #spawnIn = 0;
  #moveIn = 0;
  #rampIn = 0;
  #ramps = 0;
  /** By row: where the runner is, where it runs to (0: there is none), and whether it is gold. */
  readonly #runnerX = new Int8Array(ROWS);
  readonly #runnerDirection = new Int8Array(ROWS);
  readonly #runnerGold = new Uint8Array(ROWS);

  reset(): void {
    this.over = false;
    this.#x = 5;
    this.#y = 5;
    this.#spawnInterval = this.#spawnIn = FIRST_SPAWN_INTERVAL;
    this.#moveInterval = this.#moveIn = FIRST_MOVE_INTERVAL;
    this.#rampIn = RAMP_INTERVAL;
    this.#ramps = 0;
    this.#runnerX.fill(0);
    this.#runnerDirection.fill(0);
    this.#runnerGold.fill(0);
  }

  play(move: Move, random: Random): number {
    if (this.#spawnIn === 0) {
      this.#spawn(random);
      this.#spawnIn = this.#spawnInterval;
    }
    if (move === 'left') this.#x = clampToGrid(this.#x - 1);
    if (move === 'right') this.#x = clampToGrid(this.#x + 1);
    if (move === 'up') this.#y = Math.max(1, this.#y - 1);
    if (move === 'down') this.#y = Math.min(ROWS, this.#y + 1);
    let reward = this.#meet();
    if (this.#moveIn === 0) {
      this.#moveIn = this.#moveInterval;
      for (let row = 0; row < ROWS; row++) {
        const x = (this.#runnerX[row]! += this.#runnerDirection[row]!);
        if (x < 0 || x > LAST) this.#runnerDirection[row] = 0;
      }
      reward += this.#meet();
    }
    this.#spawnIn--;
    this.#moveIn--;
    this.#ramp();
    return reward;
  }

  #spawn(random: Random): void {
    const fromLeft = random.integer(2) === 0;
    const gold = random.integer(3) === 0;
    let free = 0;
    for (let row = 0; row < ROWS; row++) if (this.#runnerDirection[row] === 0) free++;
    if (free === 0) return;
    let skip = random.integer(free);
    for (let row = 0; row < ROWS; row++) {
      if (this.#runnerDirection[row] !== 0 || skip-- > 0) continue;
      this.#runnerX[row] = fromLeft ? 0 : LAST;
      this.#runnerDirection[row] = fromLeft ? 1 : -1;
      this.#runnerGold[row] = Number(gold);
      return;
    }
  }

  /** Whoever is where the player is. @returns the reward */
  #meet(): number {
    const row = this.#y - 1;
    if (this.#runnerDirection[row] === 0 || this.#runnerX[row] !== this.#x) return 0;
    if (this.#runnerGold[row] === 0) {
      this.over = true;
      return 0;
    }
    this.#runnerDirection[row] = 0;
    return 1;
  }

  #ramp(): void {
    if (this.#spawnInterval === 1 && this.#moveInterval === 1) return;
    if (this.#rampIn >= 0) {
      this.#rampIn--;
      return;
    }
    if (this.#moveInterval > 1 && this.#ramps % 2 === 1) this.#moveInterval--;
    if (this.#spawnInterval > 1) this.#spawnInterval--;
    this.#ramps++;
    this.#rampIn = RAMP_INTERVAL;
  }

  paint(grid: Grid): void {
    grid.light(PLAYER, this.#x, this.#y);
    for (let row = 0; row < ROWS; row++) {
      const direction = this.#runnerDirection[row]!;
      if (direction === 0) continue;
      grid.light(this.#runnerGold[row] === 1 ? GOLD : ENEMY, this.#runnerX[row]!, row + 1);
      grid.light(TRAIL, this.#runnerX[row]! - direction, row + 1);
    }
  }

  save(): number[] {
    const timers = [this.#spawnInterval, this.#moveInterval, this.#spawnIn, this.#moveIn, this.#rampIn, this.#ramps];
    const runners = [...this.#runnerX, ...this.#runnerDirection, ...this.#runnerGold];
    return [Number(this.over), this.#x, this.#y, ...timers, ...runners];
  }

  load(state: readonly number[]): void {
    const [over, x, y, spawnInterval, moveInterval, spawnIn, moveIn, rampIn, ramps, ...runners] = state as [
      number,
      ...number[],
    ];
    this.over = over === 1;
    this.#x = x!;
    this.#y = y!;
    this.#spawnInterval = spawnInterval!;
    this.#moveInterval = moveInterval!;
    this.#spawnIn = spawnIn!;
    this.#moveIn = moveIn!;
    this.#rampIn = rampIn!;
    this.#ramps = ramps!;
    this.#runnerX.set(runners.slice(0, ROWS));
    this.#runnerDirection.set(runners.slice(ROWS, 2 * ROWS));
    this.#runnerGold.set(runners.slice(2 * ROWS));
  }
}

export const asterix: GameDefinition = {
  name: 'Asterix',
  description: 'Collect running gold and keep out of the way of running enemies.',
  channels: [
    { name: 'player', role: 'body' },
    { name: 'enemy', role: 'accent' },
    { name: 'trail', role: 'guide' },
    { name: 'gold', role: 'goal' },
  ],
  moves: ['none', 'left', 'up', 'right', 'down'],
  create: () => new Asterix(),
};
