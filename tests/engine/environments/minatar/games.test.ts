// The rules of the games, each put to the test in a position made for it. Without sticky actions.
import { describe, expect, it } from 'vitest';
import { asterix } from '../../../../src-main/engine/environments/minatar/asterix.ts';
import { breakout } from '../../../../src-main/engine/environments/minatar/breakout.ts';
import { freeway } from '../../../../src-main/engine/environments/minatar/freeway.ts';
import {
  Grid,
  type Game,
  type GameDefinition,
  type Move,
} from '../../../../src-main/engine/environments/minatar/game.ts';
import { seaquest } from '../../../../src-main/engine/environments/minatar/seaquest.ts';
import { spaceInvaders } from '../../../../src-main/engine/environments/minatar/space-invaders.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

/** A game with eyes: where the cells of a channel are. */
class Watched {
  readonly game: Game;
  readonly random: Random;
  readonly #definition: GameDefinition;

  constructor(definition: GameDefinition, seed: number) {
    this.#definition = definition;
    this.game = definition.create();
    this.random = new Random(seed);
    this.game.reset(this.random);
  }

  play(...moves: Move[]): number {
    return moves.reduce((sum, move) => sum + this.game.play(move, this.random), 0);
  }

  /** "x,y" of every lit cell of a channel, left to right and top to bottom. */
  cells(channel: string): string[] {
    const { channels } = this.#definition;
    const index = channels.findIndex(({ name }) => name === channel);
    const grid = new Grid(channels.length);
    this.game.paint(grid);
    const places = Array.from({ length: 100 }, (_, i) => [i % 10, Math.floor(i / 10)] as const);
    return places.filter(([x, y]) => grid.has(index, x, y)).map(([x, y]) => `${x},${y}`);
  }

  place(channel: string): [number, number] {
    return this.cells(channel)[0]!.split(',').map(Number) as [number, number];
  }
}

const times = (count: number, move: Move = 'none'): Move[] => new Array<Move>(count).fill(move);

/** The first seed from 0 on in which something holds. */
function find<T>(attempt: (seed: number) => T | null): T {
  for (let seed = 0; seed < 10_000; seed++) {
    const found = attempt(seed);
    if (found !== null) return found;
  }
  throw new Error('no seed does');
}

describe('Breakout', () => {
  const fromLeft = (): Watched =>
    find((seed) => {
      const watched = new Watched(breakout, seed);
      return watched.place('ball')[0] === 0 ? watched : null;
    });

  it('starts with three rows of bricks and a ball that flies down from a wall', () => {
    const watched = fromLeft();
    expect(watched.cells('brick')).toHaveLength(30);
    expect(watched.place('paddle')).toEqual([4, 9]);
    watched.play(...times(5));
    expect(watched.place('ball')).toEqual([5, 8]);
    expect(watched.place('trail')).toEqual([4, 7]);
  });

  it('is over when the ball passes the paddle', () => {
    const watched = fromLeft();
    watched.play(...times(5));
    expect(watched.game.over).toBe(false);
    watched.play('none');
    expect(watched.game.over).toBe(true);
  });

  it('a paddle under the ball sends it on, up to a brick, which counts', () => {
    const watched = fromLeft();
    watched.play(...times(5), 'right');
    expect(watched.game.over).toBe(false);
    expect(watched.place('ball')).toEqual([6, 8]);
    expect(watched.play(...times(4))).toBe(0);
    expect(watched.place('ball')).toEqual([9, 4]); // along the right wall
    expect(watched.play('none')).toBe(1);
    expect(watched.cells('brick')).toHaveLength(29);
    expect(watched.cells('brick')).not.toContain('8,3');
    watched.play('none');
    expect(watched.place('ball')[1]).toBe(5);
  });

  it('a paddle beyond the ball sends it back where it came from', () => {
    const watched = fromLeft();
    watched.play(...times(4), 'right', 'right');
    expect(watched.place('ball')).toEqual([6, 8]);
    watched.play('none');
    expect(watched.place('ball')).toEqual([5, 7]);
  });

  it('new bricks come when all are gone', () => {
    const watched = fromLeft();
    watched.play(...times(5));
    const state = watched.game.save();
    const bricks = state.length - 100;
    watched.game.load(state.fill(0, bricks));
    expect(watched.cells('brick')).toEqual([]);
    watched.play('right');
    expect(watched.cells('brick')).toHaveLength(30);
  });
});

describe('Space Invaders', () => {
  it('a shot flies up a cell a frame and takes the lowest alien with it', () => {
    const watched = new Watched(spaceInvaders, 1);
    expect(watched.cells('alien')).toHaveLength(24);
    expect(watched.place('cannon')).toEqual([5, 9]);
    expect(watched.play('fire', ...times(4))).toBe(0);
    expect(watched.cells('friendly bullet')).toEqual(['5,4']);
    expect(watched.play('none')).toBe(1);
    expect(watched.cells('friendly bullet')).toEqual([]);
    expect(watched.cells('alien')).toHaveLength(23);
    expect(watched.cells('alien')).not.toContain('5,3');
  });

  it('the cannon needs five frames to reload', () => {
    const watched = new Watched(spaceInvaders, 1);
    watched.play(...times(5, 'fire'));
    expect(watched.cells('friendly bullet')).toHaveLength(1);
    watched.play('left', 'fire');
    expect(watched.cells('friendly bullet')).toHaveLength(1);
  });

  it('aliens march every 12 frames, say where to, and come down at the edge', () => {
    const watched = new Watched(spaceInvaders, 1);
    const leftmost = (): number => Math.min(...watched.cells('alien').map((cell) => Number(cell[0])));
    expect(watched.cells('alien marching left')).toEqual(watched.cells('alien'));
    watched.play(...times(4, 'left')); // out of their fire
    watched.play(...times(8));
    expect(leftmost()).toBe(2);
    watched.play('none');
    expect(leftmost()).toBe(1);
    const state = watched.game.save();
    state[1] = 9; // the cannon in the other corner
    watched.game.load(state);
    watched.play(...times(12));
    expect(leftmost()).toBe(0);
    watched.play(...times(12));
    expect(watched.cells('alien').some((cell) => cell.endsWith(',4'))).toBe(true);
    expect(watched.cells('alien marching right')).toEqual(watched.cells('alien'));
    expect(watched.cells('alien marching left')).toEqual([]);
  });

  it('the nearest column shoots back every ten frames, and a hit ends the game', () => {
    const watched = new Watched(spaceInvaders, 1);
    watched.play(...times(10));
    expect(watched.cells('enemy bullet')).toEqual([]);
    watched.play('none');
    expect(watched.cells('enemy bullet')).toEqual(['5,3']);
    watched.play(...times(5));
    expect(watched.game.over).toBe(false);
    watched.play('none');
    expect(watched.game.over).toBe(true);
  });

  it('a new wave comes when one is shot, a frame faster', () => {
    const watched = new Watched(spaceInvaders, 1);
    const state = watched.game.save();
    const aliens = 7;
    state.fill(0, aliens, aliens + 100);
    state[aliens + 35] = 1; // one left, above the cannon
    watched.game.load(state);
    expect(watched.play('fire', ...times(5))).toBe(1);
    expect(watched.cells('alien')).toHaveLength(24);
    expect(watched.game.save()[3]).toBe(11);
  });
});

describe('Asterix', () => {
  /** Until somebody runs in the player's row, towards the player from the left or from the right. */
  function meeting(kind: 'gold' | 'enemy'): Watched {
    return find((seed) => {
      const watched = new Watched(asterix, seed);
      watched.play(...times(11));
      return watched.cells(kind).some((cell) => cell.endsWith(',5')) ? watched : null;
    });
  }

  it('keeps the player inside of the rows', () => {
    const watched = new Watched(asterix, 1);
    watched.play(...times(5, 'up'));
    expect(watched.place('player')).toEqual([5, 1]);
    watched.play(...times(5, 'left'));
    expect(watched.place('player')).toEqual([0, 1]);
  });

  it('gold is a reward, and gone', () => {
    const watched = meeting('gold');
    const toward = watched.place('gold')[0] < 5 ? 'left' : 'right';
    let reward = 0;
    for (let t = 0; t < 6 && reward === 0; t++) reward = watched.play(toward);
    expect(reward).toBe(1);
    expect(watched.game.over).toBe(false);
  });

  it('an enemy is the end', () => {
    const watched = meeting('enemy');
    const toward = watched.place('enemy')[0] < 5 ? 'left' : 'right';
    for (let t = 0; t < 6 && !watched.game.over; t++) watched.play(toward);
    expect(watched.game.over).toBe(true);
  });

  it('runners take a step every five frames, with a trail behind them', () => {
    const watched = meeting('enemy');
    watched.play('up'); // out of the way
    const [start, row] = watched.place('enemy');
    const direction = start < 5 ? 1 : -1;
    const places = Array.from({ length: 10 }, () => {
      watched.play('none');
      return Number(watched.cells('enemy').find((cell) => cell.endsWith(`,${row}`))![0]);
    });
    expect(places.filter((place, i) => place !== (places[i - 1] ?? start))).toHaveLength(2);
    expect(places.at(-1)).toBe(start + 2 * direction);
    expect(watched.cells('trail')).toContain(`${start + direction},${row}`);
  });

  it('becomes harder every hundred frames', () => {
    const watched = new Watched(asterix, 1);
    const intervals = (): number[] => watched.game.save().slice(3, 5);
    for (let t = 0; t < 101; t++) watched.play('none');
    expect(intervals()).toEqual([10, 5]);
    watched.play('none');
    expect(intervals()).toEqual([9, 5]);
    for (let t = 0; t < 102; t++) watched.play('none');
    expect(intervals()).toEqual([8, 4]);
    for (let t = 0; t < 3000; t++) watched.play('none');
    expect(intervals()).toEqual([1, 1]);
  });
});

describe('Freeway', () => {
  /** All cars out of the way for good. */
  function emptyRoad(): Watched {
    const watched = new Watched(freeway, 1);
    const state = watched.game.save();
    const cars = 4;
    state.fill(9, cars, cars + 8); // in the last column
    state.fill(100, cars + 24, cars + 32); // and not moving for a hundred frames
    watched.game.load(state);
    return watched;
  }

  it('a chicken takes a step every third frame, and a crossing is a reward and a new road', () => {
    const watched = emptyRoad();
    const steps = Array.from({ length: 7 }, () => {
      watched.play('up');
      return watched.place('chicken')[1];
    });
    expect(steps).toEqual([9, 9, 9, 8, 8, 8, 7]);
    const before = watched.game.save().slice(4 + 8);
    expect(watched.play(...times(20, 'up'))).toBe(0);
    expect(watched.play('up')).toBe(1);
    expect(watched.place('chicken')).toEqual([4, 9]);
    expect(watched.game.save().slice(4 + 8)).not.toEqual(before);
  });

  it('a car sends the chicken back', () => {
    const watched = emptyRoad();
    watched.play(...times(4, 'up'));
    expect(watched.place('chicken')).toEqual([4, 8]);
    const state = watched.game.save();
    state[4 + 7] = 5; // the car of the lowest lane beside the chicken,
    state[4 + 8 + 7] = -1; // driving towards it
    state[4 + 24 + 7] = 0; // now
    watched.game.load(state);
    watched.play('none');
    expect(watched.place('chicken')).toEqual([4, 9]);
  });

  it('cars drive at the speed that their trail says, around and around', () => {
    const watched = new Watched(freeway, 5);
    const speeds = [1, 2, 3, 4, 5].map((frames) => {
      const channel = `trail of a car that drives every ${frames === 1 ? 'frame' : `${frames} frames`}`;
      return watched.cells(channel).map((cell) => Number(cell[2]));
    });
    expect(speeds.flat().sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const placeIn = (lane: number): number =>
      Number(watched.cells('car').find((cell) => cell.endsWith(`,${lane}`))![0]);
    for (const [i, lanes] of speeds.entries()) {
      for (const lane of lanes) {
        const fresh = new Watched(freeway, 5);
        let moves = 0;
        let before = 0;
        for (let t = 0; t < 60; t++) {
          fresh.play('none');
          const now = Number(fresh.cells('car').find((cell) => cell.endsWith(`,${lane}`))![0]);
          const step = Math.min((now - before + 10) % 10, (before - now + 10) % 10);
          expect(step).toBeLessThanOrEqual(1);
          moves += step;
          before = now;
        }
        // A cell, then as many frames of waiting as its speed says.
        expect(moves).toBe(Math.floor(60 / (i + 2)));
      }
    }
    expect(placeIn(1)).toBe(0);
  });

  it('ends after 2501 frames', () => {
    const watched = new Watched(freeway, 1);
    for (let t = 0; t < 2500; t++) watched.play('none');
    expect(watched.game.over).toBe(false);
    watched.play('none');
    expect(watched.game.over).toBe(true);
  });
});

describe('Seaquest', () => {
  const OWN = { x: 1, y: 2, direction: 3, oxygen: 4, divers: 5, surfaced: 6 } as const;

  /** Under water, alone but for swimmers [school, x, y, direction, moveIn, interval, shotIn]. */
  function dive(
    swimmers: readonly [school: number, ...swimmer: number[]][],
    own: Partial<Record<keyof typeof OWN, number>> = {},
  ): Watched {
    const watched = new Watched(seaquest, 1);
    const state = watched.game.save().slice(0, 13);
    const values = { x: 5, y: 4, direction: -1, oxygen: 200, divers: 0, surfaced: 0, ...own };
    for (const [name, index] of Object.entries(OWN)) state[index] = values[name as keyof typeof OWN];
    for (let school = 0; school < 5; school++) {
      const members = swimmers.filter(([which]) => which === school).map(([, ...swimmer]) => swimmer);
      state.push(members.length, ...members.flat());
    }
    watched.game.load(state);
    return watched;
  }
  const [FISH, SUBMARINE, DIVER, , ENEMY_BULLET] = [0, 1, 2, 3, 4] as const;

  it('shoots out of its front, and what it hits is a reward', () => {
    const watched = dive([[FISH, 2, 4, -1, 100, 5, -1]]);
    expect(watched.place('front of the submarine')).toEqual([5, 4]);
    expect(watched.place('back of the submarine')).toEqual([6, 4]);
    expect(watched.play('fire', 'none')).toBe(0);
    expect(watched.place('friendly bullet')).toEqual([3, 4]);
    expect(watched.play('none')).toBe(1);
    expect(watched.cells('fish')).toEqual([]);
    expect(watched.cells('friendly bullet')).toEqual([]);
  });

  it.each([
    ['a fish', [FISH, 6, 4, -1, 0, 5, -1] as [number, ...number[]]],
    ['an enemy submarine', [SUBMARINE, 6, 4, -1, 0, 5, 9] as [number, ...number[]]],
    ['its bullet', [ENEMY_BULLET, 6, 4, -1, 0, 0, -1] as [number, ...number[]]],
  ])('%s that swims into it is the end', (_, swimmer) => {
    const watched = dive([swimmer]);
    watched.play('none');
    expect(watched.game.over).toBe(true);
  });

  it('enemy submarines shoot every ten frames', () => {
    const watched = dive([[SUBMARINE, 9, 7, -1, 100, 100, 10]]);
    watched.play(...times(10));
    expect(watched.cells('enemy bullet')).toEqual([]);
    watched.play('none');
    expect(watched.cells('enemy bullet')).toHaveLength(1);
    watched.play('none');
    expect(watched.place('enemy bullet')).toEqual([7, 7]);
  });

  it('picks up divers, at most six', () => {
    const watched = dive([[DIVER, 5, 4, 1, 5, 5, -1]], { divers: 5 });
    watched.play('none');
    expect(watched.cells('diver')).toEqual([]);
    expect(watched.cells('diver gauge')).toHaveLength(6);
    const full = dive([[DIVER, 5, 4, 1, 5, 5, -1]], { divers: 6 });
    full.play('none');
    expect(full.cells('diver')).toHaveLength(1);
  });

  it('uses up its oxygen under water, and that is the end', () => {
    const watched = dive([], { oxygen: 20 });
    expect(watched.cells('oxygen gauge')).toEqual(['0,9']);
    watched.play(...times(21));
    expect(watched.game.over).toBe(false);
    expect(watched.cells('oxygen gauge')).toEqual([]);
    watched.play('none');
    expect(watched.game.over).toBe(true);
  });

  it('surfaces with a diver to breathe, and it becomes harder', () => {
    const watched = dive([], { y: 1, divers: 2, oxygen: 50 });
    expect(watched.play('up')).toBe(0);
    expect(watched.game.over).toBe(false);
    expect(watched.cells('diver gauge')).toHaveLength(1);
    expect(watched.cells('oxygen gauge')).toHaveLength(10);
    const intervals = (): number[] => watched.game.save().slice(8, 10);
    expect(intervals()).toEqual([19, 5]);
    watched.play('down', 'up');
    expect(intervals()).toEqual([18, 4]);
    watched.play('down', 'up');
    expect(watched.game.over).toBe(true);
  });

  it('is paid for six divers by the oxygen it has left', () => {
    const watched = dive([], { y: 1, divers: 6, oxygen: 100 });
    expect(watched.play('up')).toBe(5);
    expect(watched.cells('diver gauge')).toEqual([]);
  });

  it('sees no enemy come towards another in its row', () => {
    for (let seed = 0; seed < 30; seed++) {
      const watched = new Watched(seaquest, seed);
      watched.play('down');
      const state = watched.game.save();
      state[OWN.oxygen] = 1e6;
      state[8] = 1; // an enemy every frame
      state[10] = 0;
      watched.game.load(state);
      for (let t = 0; t < 150; t++) watched.play('none');
      const saved = watched.game.save();
      const directions = new Map<number, Set<number>>();
      let at = 13;
      for (let school = 0; school < 2; school++) {
        const count = saved[at++]!;
        for (let i = 0; i < count; i++, at += 6) {
          const [, y, direction] = saved.slice(at, at + 3) as [number, number, number];
          directions.set(y, (directions.get(y) ?? new Set()).add(direction));
        }
      }
      for (const ways of directions.values()) expect(ways.size).toBe(1);
    }
  });
});
