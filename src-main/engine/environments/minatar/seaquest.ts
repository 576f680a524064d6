import type { Random } from '../../random/random.ts';
import { clampToGrid, LAST, type Game, type GameDefinition, type Grid, type Move } from './game.ts';

const FRONT = 0;
const BACK = 1;
const FRIENDLY_BULLET = 2;
const TRAIL = 3;
const ENEMY_BULLET = 4;
const FISH = 5;
const ENEMY_SUBMARINE = 6;
const OXYGEN_GAUGE = 7;
const DIVER_GAUGE = 8;
const DIVER = 9;

/** Rows 1 to 8 are the sea; row 0 is its surface, row 9 has the gauges. */
const DEEPEST = 8;
/** Frames. */
const FULL_OXYGEN = 200;
const FIRST_SPAWN_INTERVAL = 20;
const DIVER_SPAWN_INTERVAL = 30;
const FIRST_MOVE_INTERVAL = 5;
const FASTEST_MOVE_INTERVAL = 2;
const DIVER_MOVE_INTERVAL = 5;
const COOL_DOWN = 5;
const ENEMY_SHOT_INTERVAL = 10;
const MOST_DIVERS = 6;
const GAUGE = 10;

/** Fish, submarines, divers and bullets: all of them cross the sea in a row. */
interface Swimmer {
  x: number;
  y: number;
  /** 1 to the right, −1 to the left. */
  direction: number;
  /** Frames until its next step, and between two; bullets take one every frame. */
  moveIn: number;
  interval: number;
  /** Frames until its next shot; −1 for those that do not shoot. */
  shotIn: number;
}

const FIELDS = 6;
const SCHOOLS = ['fish', 'submarines', 'divers', 'bullets', 'enemyBullets'] as const;

/**
 * **Description.** A submarine shoots fish and enemy submarines, picks up divers, and has to surface with one before its
 * oxygen is used up. It is two cells long; what it shoots comes out of the front.
 *
 * **Rewards.** +1 for everything shot; on surfacing with six divers as much as there are cells in the oxygen gauge.
 *
 * **Start.** At the surface, with all oxygen and no diver.
 *
 * **End.** When a fish, an enemy submarine or its bullet meets the submarine, when the oxygen is used up, or when it
 * surfaces without a diver.
 *
 * **Difficulty.** An enemy comes every 20 frames, one in three of them a submarine, in no row where another comes the
 * other way, and takes a step every 5 frames. Whenever the submarine surfaces, enemies come a frame more often, and every
 * second time they also swim a frame faster, down to 2.
 */
class Seaquest implements Game {
  over = false;
  #x = 5;
  #y = 0;
  #direction = -1;
  #oxygen = FULL_OXYGEN;
  #saved = 0;
  #surfaced = true;
  #coolDown = 0;
  #spawnInterval = FIRST_SPAWN_INTERVAL;
  #moveInterval = FIRST_MOVE_INTERVAL;
  #spawnIn = 0;
  #diverIn = 0;
  #ramps = 0;
  #schools: Record<(typeof SCHOOLS)[number], Swimmer[]> = {
    fish: [],
    submarines: [],
    divers: [],
    bullets: [],
    enemyBullets: [],
  };

  reset(): void {
    this.over = false;
    this.#x = 5;
    this.#y = 0;
    this.#direction = -1;
    this.#oxygen = FULL_OXYGEN;
    this.#saved = 0;
    this.#surfaced = true;
    this.#coolDown = 0;
    this.#spawnInterval = this.#spawnIn = FIRST_SPAWN_INTERVAL;
    this.#moveInterval = FIRST_MOVE_INTERVAL;
    this.#diverIn = DIVER_SPAWN_INTERVAL;
    this.#ramps = 0;
    for (const school of SCHOOLS) this.#schools[school] = [];
  }

  play(move: Move, random: Random): number {
    this.#spawn(random);
    this.#steer(move);
    const reward = this.#shoot();
    this.#pickUp();
    this.#meetEnemies();
    if (this.#spawnIn > 0) this.#spawnIn--;
    if (this.#diverIn > 0) this.#diverIn--;
    if (this.#coolDown > 0) this.#coolDown--;
    return reward + this.#breathe();
  }

  #spawn(random: Random): void {
    if (this.#spawnIn === 0) {
      this.#spawnIn = this.#spawnInterval;
      this.#spawnEnemy(random);
    }
    if (this.#diverIn === 0) {
      this.#diverIn = DIVER_SPAWN_INTERVAL;
      this.#schools.divers.push(this.#newcomer(random, DIVER_MOVE_INTERVAL));
    }
  }

  /** From either side, in any row of the sea. */
  #newcomer(random: Random, interval: number): Swimmer {
    const direction = random.integer(2) === 0 ? -1 : 1;
    const y = 1 + random.integer(DEEPEST);
    return { x: direction === 1 ? 0 : LAST, y, direction, moveIn: interval, interval, shotIn: -1 };
  }

  #spawnEnemy(random: Random): void {
    const isSubmarine = random.integer(3) === 0;
    const enemy = this.#newcomer(random, this.#moveInterval);
    const { fish, submarines } = this.#schools;
    const opposes = (other: Swimmer): boolean => other.y === enemy.y && other.direction !== enemy.direction;
    if (fish.some(opposes) || submarines.some(opposes)) return;
    if (isSubmarine) submarines.push({ ...enemy, shotIn: ENEMY_SHOT_INTERVAL });
    else fish.push(enemy);
  }

  #steer(move: Move): void {
    switch (move) {
      case 'left':
      case 'right':
        this.#direction = move === 'left' ? -1 : 1;
        this.#x = clampToGrid(this.#x + this.#direction);
        break;
      case 'up':
        this.#y = Math.max(0, this.#y - 1);
        break;
      case 'down':
        this.#y = Math.min(DEEPEST, this.#y + 1);
        break;
      case 'fire':
        if (this.#coolDown > 0) break;
        this.#coolDown = COOL_DOWN;
        this.#schools.bullets.push(bullet(this.#x, this.#y, this.#direction));
        break;
      case 'none':
        break;
    }
  }

  /** The player's bullets fly on and hit. @returns the reward */
  #shoot(): number {
    const { fish, submarines } = this.#schools;
    let hits = 0;
    this.#schools.bullets = this.#schools.bullets.filter((shot) => {
      if (!swim(shot)) return false;
      for (const school of [fish, submarines]) {
        const struck = school.findIndex(({ x, y }) => x === shot.x && y === shot.y);
        if (struck === -1) continue;
        school.splice(struck, 1);
        hits++;
        return false;
      }
      return true;
    });
    return hits;
  }

  #pickUp(): void {
    this.#schools.divers = this.#schools.divers.filter((diver) => {
      const taken = this.#take(diver);
      return !taken && swim(diver) && !this.#take(diver);
    });
  }

  /** Whether there is a diver where the submarine is, and room for one. */
  #take(diver: Swimmer): boolean {
    if (!this.#meets(diver) || this.#saved === MOST_DIVERS) return false;
    this.#saved++;
    return true;
  }

  #meets({ x, y }: Swimmer): boolean {
    return x === this.#x && y === this.#y;
  }

  #meetEnemies(): void {
    const { enemyBullets } = this.#schools;
    const survives = (enemy: Swimmer): boolean => {
      if (this.#meets(enemy)) this.over = true;
      const inside = swim(enemy);
      if (inside && this.#meets(enemy)) this.over = true;
      return inside;
    };
    this.#schools.submarines = this.#schools.submarines.filter((submarine) => {
      const inside = survives(submarine);
      if (submarine.shotIn-- === 0) {
        submarine.shotIn = ENEMY_SHOT_INTERVAL;
        enemyBullets.push(bullet(submarine.x, submarine.y, submarine.direction));
      }
      return inside;
    });
    this.#schools.enemyBullets = enemyBullets.filter(survives);
    this.#schools.fish = this.#schools.fish.filter(survives);
  }

  /** Under water oxygen is used up; at the surface it is filled, if the submarine may be there. @returns the reward */
  #breathe(): number {
    if (this.#oxygen < 0) this.over = true;
    if (this.#y > 0) {
      this.#oxygen--;
      this.#surfaced = false;
      return 0;
    }
    if (this.#surfaced) return 0;
    if (this.#saved === 0) {
      this.over = true;
      return 0;
    }
    return this.#surface();
  }

  #surface(): number {
    this.#surfaced = true;
    const reward = this.#saved === MOST_DIVERS ? this.#oxygenCells : 0;
    this.#saved = this.#saved === MOST_DIVERS ? 0 : this.#saved - 1;
    this.#oxygen = FULL_OXYGEN;
    if (this.#spawnInterval === 1 && this.#moveInterval === FASTEST_MOVE_INTERVAL) return reward;
    if (this.#moveInterval > FASTEST_MOVE_INTERVAL && this.#ramps % 2 === 1) this.#moveInterval--;
    if (this.#spawnInterval > 1) this.#spawnInterval--;
    this.#ramps++;
    return reward;
  }

  get #oxygenCells(): number {
    return Math.floor((Math.max(0, this.#oxygen) * GAUGE) / FULL_OXYGEN);
  }

  paint(grid: Grid): void {
    grid.light(FRONT, this.#x, this.#y);
    grid.light(BACK, this.#x - this.#direction, this.#y);
    for (let x = 0; x < this.#oxygenCells; x++) grid.light(OXYGEN_GAUGE, x, LAST);
    for (let i = 1; i <= this.#saved; i++) grid.light(DIVER_GAUGE, LAST - i, LAST);
    const { fish, submarines, divers, bullets, enemyBullets } = this.#schools;
    for (const { x, y } of bullets) grid.light(FRIENDLY_BULLET, x, y);
    for (const { x, y } of enemyBullets) grid.light(ENEMY_BULLET, x, y);
    for (const [channel, school] of [
      [FISH, fish],
      [ENEMY_SUBMARINE, submarines],
      [DIVER, divers],
    ] as const) {
      for (const { x, y, direction } of school) {
        grid.light(channel, x, y);
        grid.light(TRAIL, x - direction, y);
      }
    }
  }

  save(): number[] {
    const own = [this.#x, this.#y, this.#direction, this.#oxygen, this.#saved, Number(this.#surfaced), this.#coolDown];
    const timers = [this.#spawnInterval, this.#moveInterval, this.#spawnIn, this.#diverIn, this.#ramps];
    const schools = SCHOOLS.flatMap((name) => {
      const school = this.#schools[name];
      return [
        school.length,
        ...school.flatMap(({ x, y, direction, moveIn, interval, shotIn }) => [
          x,
          y,
          direction,
          moveIn,
          interval,
          shotIn,
        ]),
      ];
    });
    return [Number(this.over), ...own, ...timers, ...schools];
  }

  load(state: readonly number[]): void {
    let next = 0;
    const take = (): number => state[next++]!;
    this.over = take() === 1;
    this.#x = take();
    this.#y = take();
    this.#direction = take();
    this.#oxygen = take();
    this.#saved = take();
    this.#surfaced = take() === 1;
    this.#coolDown = take();
    this.#spawnInterval = take();
    this.#moveInterval = take();
    this.#spawnIn = take();
    this.#diverIn = take();
    this.#ramps = take();
    for (const name of SCHOOLS) {
      this.#schools[name] = Array.from({ length: take() }, () => {
        const [x, y, direction, moveIn, interval, shotIn] = state.slice(next, (next += FIELDS)) as [
          number,
          ...number[],
        ];
        return { x, y: y!, direction: direction!, moveIn: moveIn!, interval: interval!, shotIn: shotIn! };
      });
    }
  }
}

function bullet(x: number, y: number, direction: number): Swimmer {
  return { x, y, direction, moveIn: 0, interval: 0, shotIn: -1 };
}

/** One frame. @returns whether it is still inside of the grid */
function swim(swimmer: Swimmer): boolean {
  if (swimmer.moveIn > 0) {
    swimmer.moveIn--;
    return true;
  }
  swimmer.moveIn = swimmer.interval;
  swimmer.x += swimmer.direction;
  return swimmer.x >= 0 && swimmer.x <= LAST;
}

export const seaquest: GameDefinition = {
  name: 'Seaquest',
  description: 'Hunt with a submarine, pick up divers, and surface before the oxygen is used up.',
  channels: [
    { name: 'front of the submarine', role: 'body' },
    { name: 'back of the submarine', role: 'joint' },
    { name: 'friendly bullet', role: 'body' },
    { name: 'trail', role: 'guide' },
    { name: 'enemy bullet', role: 'accent' },
    { name: 'fish', role: 'accent' },
    { name: 'enemy submarine', role: 'accent' },
    { name: 'oxygen gauge', role: 'goal' },
    { name: 'diver gauge', role: 'goal' },
    { name: 'diver', role: 'goal' },
  ],
  moves: ['none', 'left', 'up', 'right', 'down', 'fire'],
  create: () => new Seaquest(),
};
