// The engines: what an action fires, and the impulse that it gives to the hull.
import type { Random } from '../../random/random.ts';
import type { Action } from '../environment.ts';
import { SCALE } from './terrain.ts';
import type { Vehicle } from './vehicle.ts';

const MAIN_POWER = 13; // N·s per metre of the exhaust's offset
const SIDE_POWER = 0.6;
/** How far below the hull's origin the main engine is. */
const MAIN_DOWN = 4 / SCALE;
const SIDE_AWAY = 12 / SCALE;
/** Where the side engines are along the hull. That the two differ is in the published dynamics, and turns the hull. */
const SIDE_UP_X = 17 / SCALE;
const SIDE_UP_Y = 14 / SCALE;

/** What burns during one step. */
export interface Thrust {
  /** 0, or 0.5 to 1. */
  readonly main: number;
  /** 0, or 0.5 to 1. */
  readonly side: number;
  /** −1 pushes an upright hull to the left, by an exhaust on its right-hand side; 1 to the right. */
  readonly direction: number;
}

const IDLE: Thrust = { main: 0, side: 0, direction: 0 };
const DISCRETE: readonly Thrust[] = [
  IDLE,
  { main: 0, side: 1, direction: -1 },
  { main: 1, side: 0, direction: 0 },
  { main: 0, side: 1, direction: 1 },
];

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** What an action fires: an index, or the throttles [main, lateral] in ±1. */
export function thrustOf(action: Action): Thrust {
  if (typeof action === 'number') return DISCRETE[action]!;
  const main = clip(action[0]!, -1, 1);
  const lateral = clip(action[1]!, -1, 1);
  return {
    main: main > 0 ? (main + 1) / 2 : 0,
    side: Math.abs(lateral) > 0.5 ? Math.abs(lateral) : 0,
    direction: Math.sign(lateral),
  };
}

/** Fires the engines. What leaves them is scattered a little, at every step, whether they burn or not. */
export function fire({ main, side, direction }: Thrust, vehicle: Vehicle, random: Random): void {
  const angle = vehicle.hull.getAngle();
  // Unit vectors along the hull, mirrored in y, and across it: as the published dynamics combine them.
  const tip = { x: Math.sin(angle), y: Math.cos(angle) };
  const across = { x: -tip.y, y: tip.x };
  const along = random.between(-1, 1) / SCALE;
  const sideways = random.between(-1, 1) / SCALE;
  const { x, y } = vehicle.hull.getPosition();
  if (main > 0) {
    const offset = {
      x: tip.x * (MAIN_DOWN + 2 * along) + across.x * sideways,
      y: -tip.y * (MAIN_DOWN + 2 * along) - across.y * sideways,
    };
    const power = MAIN_POWER * main;
    vehicle.kick({ x: -offset.x * power, y: -offset.y * power }, { x: x + offset.x, y: y + offset.y });
  }
  if (side > 0) {
    const away = 3 * sideways + direction * SIDE_AWAY;
    const offset = { x: tip.x * along + across.x * away, y: -tip.y * along - across.y * away };
    const point = { x: x + offset.x - tip.x * SIDE_UP_X, y: y + offset.y + tip.y * SIDE_UP_Y };
    const power = SIDE_POWER * side;
    vehicle.kick({ x: -offset.x * power, y: -offset.y * power }, point);
  }
}
