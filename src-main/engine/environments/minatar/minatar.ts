// The games of MinAtar as environments: sticky actions, observations of lit cells, and cells to draw.
import type { Scene, SceneShape } from '../../../contract/environment.ts';
import { Random } from '../../random/random.ts';
import type { Action, EnvironmentDefinition, World } from '../environment.ts';
import { rectangle } from '../scene-geometry.ts';
import { asterix } from './asterix.ts';
import { breakout } from './breakout.ts';
import { freeway } from './freeway.ts';
import { Grid, LAST, MOVES, SIDE, type Game, type GameDefinition, type Move } from './game.ts';
import { seaquest } from './seaquest.ts';
import { spaceInvaders } from './space-invaders.ts';

/** How often a move is the one before instead of that which was chosen (Machado et al. 2018, sticky actions). */
const STICKINESS = 0.1;

/** The original never truncates; here an episode that no one loses has to end some time. Freeway takes 2501 steps. */
const MOST_STEPS = 5000;

class MinAtarWorld implements World {
  readonly #definition: GameDefinition;
  readonly #moves: readonly Move[];
  readonly #game: Game;
  readonly #grid: Grid;
  #random = new Random(0);
  #lastMove: Move = 'none';

  constructor(definition: GameDefinition, moves: readonly Move[]) {
    this.#definition = definition;
    this.#moves = moves;
    this.#game = definition.create();
    this.#grid = new Grid(definition.channels.length);
  }

  get terminated(): boolean {
    return this.#game.over;
  }

  reset(random: Random): void {
    this.#random = random;
    this.#lastMove = 'none';
    this.#game.reset(random);
  }

  step(action: Action): number {
    if (this.#random.uniform() >= STICKINESS) this.#lastMove = this.#moves[action as number]!;
    return this.#game.play(this.#lastMove, this.#random);
  }

  observe(target: Float32Array, offset: number): void {
    const { cells } = this.#painted();
    for (let i = 0; i < cells.length; i++) target[offset + i] = cells[i]!;
  }

  #painted(): Grid {
    this.#grid.clear();
    this.#game.paint(this.#grid);
    return this.#grid;
  }

  /** [index of the last move, …the game] */
  saveState(): number[] {
    return [MOVES.indexOf(this.#lastMove), ...this.#game.save()];
  }

  loadState(state: readonly number[], random?: Random): void {
    this.#lastMove = MOVES[state[0]!]!;
    this.#game.load(state.slice(1));
    if (random !== undefined) this.#random = random;
  }

  scene(): Scene {
    const grid = this.#painted();
    const field: SceneShape = {
      kind: 'line',
      points: [...rectangle({ x: SIDE / 2, y: SIDE / 2, width: SIDE, height: SIDE }), [0, 0]],
      width: 0.05,
      role: 'guide',
    };
    const cells = this.#definition.channels.flatMap(({ role }, channel) =>
      Array.from({ length: SIDE * SIDE }, (_, i) => [i % SIDE, Math.floor(i / SIDE)] as const)
        .filter(([x, y]) => grid.has(channel, x, y))
        .map(([x, y]): SceneShape => {
          const box = { x: x + 0.5, y: LAST - y + 0.5, width: 0.9, height: 0.9 };
          return { kind: 'polygon', points: rectangle(box), role };
        }),
    );
    return { bounds: { left: 0, right: SIDE, bottom: 0, top: SIDE }, shapes: [field, ...cells] };
  }
}

function environmentOf(
  definition: GameDefinition,
  { version, moves }: { readonly version: 'v0' | 'v1'; readonly moves: readonly Move[] },
): EnvironmentDefinition {
  const { name, description, channels } = definition;
  const values = SIDE * SIDE * channels.length;
  return {
    id: `MinAtar/${name}-${version}`,
    description: version === 'v0' ? `${description} All six moves, whether they do anything or not.` : description,
    observationSpace: {
      kind: 'box',
      shape: [SIDE, SIDE, channels.length],
      low: new Array<number>(values).fill(0),
      high: new Array<number>(values).fill(1),
    },
    observationNames: channels.map((channel) => channel.name),
    actionSpace: { kind: 'discrete', n: moves.length },
    maxEpisodeSteps: MOST_STEPS,
    worstReturn: 0,
    createWorld: () => new MinAtarWorld(definition, moves),
  };
}

const GAMES = [breakout, spaceInvaders, asterix, freeway, seaquest];

/**
 * As MinAtar registers them: v1 has the moves that do anything in a game, v0 the same six in all games, as in the
 * published results.
 */
export const minatar: readonly EnvironmentDefinition[] = GAMES.flatMap((game) => [
  environmentOf(game, { version: 'v1', moves: game.moves }),
  environmentOf(game, { version: 'v0', moves: MOVES }),
]);
