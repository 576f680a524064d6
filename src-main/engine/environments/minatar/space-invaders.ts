import { clampToGrid, LAST, SIDE, type Game, type GameDefinition, type Grid, type Move } from './game.ts';

const CANNON = 0;
const ALIEN = 1;
const ALIEN_LEFT = 2;
const ALIEN_RIGHT = 3;
const FRIENDLY_BULLET = 4;
const ENEMY_BULLET = 5;

/** Frames between two shots of the cannon, and of the aliens together. */
const COOL_DOWN = 5;
const ENEMY_SHOT_INTERVAL = 10;
/** Frames between two steps of the first wave, and of the fastest. */
const SLOWEST = 12;
const FASTEST = 6;
const WAVE = { rows: 4, left: 2, right: 7 };

/** Where bullets or aliens are, [10, 10]. */
class Swarm {
  readonly cells = new Uint8Array(SIDE * SIDE);

  has(x: number, y: number): boolean {
    return this.cells[y * SIDE + x] === 1;
  }

  set(x: number, y: number): void {
    this.cells[y * SIDE + x] = 1;
  }

  get count(): number {
    let count = 0;
    for (let i = 0; i < this.cells.length; i++) count += this.cells[i]!;
    return count;
  }

  inColumn(x: number): boolean {
    return this.lowest(x) >= 0;
  }

  /** The lowest in a column; −1 in an empty one. */
  lowest(x: number): number {
    let y = LAST;
    while (y >= 0 && !this.has(x, y)) y--;
    return y;
  }

  /** What leaves the grid is gone. */
  moveVertically(by: 1 | -1): void {
    const { cells } = this;
    if (by === 1) cells.copyWithin(SIDE, 0, SIDE * LAST).fill(0, 0, SIDE);
    else cells.copyWithin(0, SIDE).fill(0, SIDE * LAST);
  }

  /** None of it may be at the edge that it moves to. */
  moveHorizontally(by: number): void {
    const { cells } = this;
    if (by === 1) cells.copyWithin(1, 0, cells.length - 1).fill(0, 0, 1);
    else cells.copyWithin(0, 1).fill(0, cells.length - 1);
  }
}

/**
 * **Description.** A cannon at the bottom shoots up at a wave of aliens, which march to an edge, come down a row, turn
 * and march on, and shoot back: every ten frames the one nearest to the cannon's column.
 *
 * **Rewards.** +1 for every alien shot.
 *
 * **Start.** Four rows of six aliens, marching left.
 *
 * **End.** When an alien or a bullet hits the cannon, or the aliens have come down to the bottom.
 *
 * **Difficulty.** The wave takes a step every 12 frames, or as many as there are aliens left if they are fewer: the last
 * one runs. Every new wave is a frame faster, down to 6.
 */
class SpaceInvaders implements Game {
  over = false;
  #cannon = 0;
  #direction = -1;
  #interval = SLOWEST;
  #marchIn = 0;
  #shotIn = 0;
  #coolDown = 0;
  readonly #aliens = new Swarm();
  readonly #bullets = new Swarm();
  readonly #enemyBullets = new Swarm();

  reset(): void {
    this.over = false;
    this.#cannon = 5;
    this.#direction = -1;
    this.#interval = SLOWEST;
    this.#marchIn = SLOWEST;
    this.#shotIn = ENEMY_SHOT_INTERVAL;
    this.#coolDown = 0;
    for (const { cells } of [this.#aliens, this.#bullets, this.#enemyBullets]) cells.fill(0);
    this.#sendWave();
  }

  #sendWave(): void {
    for (let y = 0; y < WAVE.rows; y++) for (let x = WAVE.left; x <= WAVE.right; x++) this.#aliens.set(x, y);
  }

  play(move: Move): number {
    if (move === 'fire' && this.#coolDown === 0) {
      this.#bullets.set(this.#cannon, LAST);
      this.#coolDown = COOL_DOWN;
    }
    if (move === 'left') this.#cannon = clampToGrid(this.#cannon - 1);
    if (move === 'right') this.#cannon = clampToGrid(this.#cannon + 1);
    this.#bullets.moveVertically(-1);
    this.#enemyBullets.moveVertically(1);
    if (this.#enemyBullets.has(this.#cannon, LAST)) this.over = true;
    if (this.#aliens.has(this.#cannon, LAST)) this.over = true;
    if (this.#marchIn === 0) this.#march();
    if (this.#shotIn === 0) this.#shootBack();
    const reward = this.#hit();
    if (this.#coolDown > 0) this.#coolDown--;
    this.#marchIn--;
    this.#shotIn--;
    if (this.#aliens.count === 0) {
      if (this.#interval > FASTEST) this.#interval--;
      this.#sendWave();
    }
    return reward;
  }

  #march(): void {
    const aliens = this.#aliens;
    this.#marchIn = Math.min(aliens.count, this.#interval);
    if (aliens.inColumn(this.#direction < 0 ? 0 : LAST)) {
      this.#direction = -this.#direction;
      for (let x = 0; x < SIDE; x++) if (aliens.has(x, LAST)) this.over = true;
      aliens.moveVertically(1);
    } else {
      aliens.moveHorizontally(this.#direction);
    }
    if (aliens.has(this.#cannon, LAST)) this.over = true;
  }

  /** The lowest alien of the nearest column that has any; of two as near the left one. */
  #shootBack(): void {
    this.#shotIn = ENEMY_SHOT_INTERVAL;
    for (let distance = 0; distance < SIDE; distance++) {
      for (const x of [this.#cannon - distance, this.#cannon + distance]) {
        if (x < 0 || x > LAST || !this.#aliens.inColumn(x)) continue;
        this.#enemyBullets.set(x, this.#aliens.lowest(x));
        return;
      }
    }
  }

  /** Removes aliens together with the bullets that hit them. @returns how many */
  #hit(): number {
    const aliens = this.#aliens.cells;
    const bullets = this.#bullets.cells;
    let hits = 0;
    for (let i = 0; i < aliens.length; i++) {
      if (aliens[i] === 0 || bullets[i] === 0) continue;
      aliens[i] = bullets[i] = 0;
      hits++;
    }
    return hits;
  }

  paint(grid: Grid): void {
    grid.light(CANNON, this.#cannon, LAST);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        if (this.#aliens.has(x, y)) {
          grid.light(ALIEN, x, y);
          grid.light(this.#direction < 0 ? ALIEN_LEFT : ALIEN_RIGHT, x, y);
        }
        if (this.#bullets.has(x, y)) grid.light(FRIENDLY_BULLET, x, y);
        if (this.#enemyBullets.has(x, y)) grid.light(ENEMY_BULLET, x, y);
      }
    }
  }

  save(): number[] {
    const timers = [this.#interval, this.#marchIn, this.#shotIn, this.#coolDown];
    const swarms = [this.#aliens, this.#bullets, this.#enemyBullets].flatMap(({ cells }) => [...cells]);
    return [Number(this.over), this.#cannon, this.#direction, ...timers, ...swarms];
  }

  load(state: readonly number[]): void {
    const [over, cannon, direction, interval, marchIn, shotIn, coolDown, ...cells] = state as [number, ...number[]];
    this.over = over === 1;
    this.#cannon = cannon!;
    this.#direction = direction!;
    this.#interval = interval!;
    this.#marchIn = marchIn!;
    this.#shotIn = shotIn!;
    this.#coolDown = coolDown!;
    [this.#aliens, this.#bullets, this.#enemyBullets].forEach((swarm, i) => {
      swarm.cells.set(cells.slice(100 * i, 100 * (i + 1)));
    });
  }
}

export const spaceInvaders: GameDefinition = {
  name: 'SpaceInvaders',
  description: 'Shoot marching aliens with a cannon and dodge what they shoot back.',
  channels: [
    { name: 'cannon', role: 'body' },
    { name: 'alien', role: 'joint' },
    { name: 'alien marching left', role: 'guide' },
    { name: 'alien marching right', role: 'ground' },
    { name: 'friendly bullet', role: 'goal' },
    { name: 'enemy bullet', role: 'accent' },
  ],
  moves: ['none', 'left', 'right', 'fire'],
  create: () => new SpaceInvaders(),
};
