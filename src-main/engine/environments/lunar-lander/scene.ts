// The moon, the pad with its flags, and the lander with what its engines blow out.
import type { Scene, SceneShape } from '../../../contract/environment.ts';
import { segment, type Point } from '../scene-geometry.ts';
import type { Thrust } from './engines.ts';
import { HEIGHT, PAD, PAD_HEIGHT, SCALE, WIDTH } from './terrain.ts';
import { outlines, type Vehicle } from './vehicle.ts';

/** The hull starts at the upper edge of the original view: here all of it is seen. */
const TOP = HEIGHT + 2;
const FLAG = 50 / SCALE;
/** From the origin of the hull to its farthest part, legs included. */
const REACH = 1.3;

function flag(x: number): SceneShape[] {
  const [foot, tip] = [PAD_HEIGHT, PAD_HEIGHT + FLAG];
  const cloth: Point[] = [
    [x, tip],
    [x, tip - 0.33],
    [x + 0.83, tip - 0.17],
  ];
  return [
    { kind: 'line', points: segment([x, foot], [x, tip]), width: 0.06, role: 'goal' },
    { kind: 'polygon', points: cloth, role: 'goal' },
  ];
}

/** A flame out of a point of the hull, as long as the engine burns hard. */
function flame(vehicle: Vehicle, from: Point, to: Point, halfWidth: number): SceneShape {
  const across = halfWidth / Math.hypot(to[0] - from[0], to[1] - from[1]);
  const side: Point = [-(to[1] - from[1]) * across, (to[0] - from[0]) * across];
  const corners: Point[] = [[from[0] + side[0], from[1] + side[1]], [from[0] - side[0], from[1] - side[1]], to];
  const points = corners.map(([x, y]): Point => {
    const point = vehicle.hull.getWorldPoint({ x, y });
    return [point.x, point.y];
  });
  return { kind: 'polygon', points, role: 'accent' };
}

function flames(vehicle: Vehicle, { main, side, direction }: Thrust): SceneShape[] {
  const shapes: SceneShape[] = [];
  if (main > 0) shapes.push(flame(vehicle, [0, -10 / SCALE], [0, -10 / SCALE - 0.6 * main], 0.14));
  if (side > 0) {
    const wall = (-direction * 16) / SCALE;
    shapes.push(flame(vehicle, [wall, 7 / SCALE], [wall - direction * 0.4 * side, 7 / SCALE], 0.08));
  }
  return shapes;
}

/** Where the lander is when it has left the view upwards. */
function marker(x: number): SceneShape {
  const points: Point[] = [
    [x - 0.3, TOP - 0.5],
    [x + 0.3, TOP - 0.5],
    [x, TOP - 0.1],
  ];
  return { kind: 'polygon', points, role: 'guide' };
}

export function drawScene(terrain: readonly Point[], vehicle: Vehicle, thrust: Thrust): Scene {
  const { x, y } = vehicle.hull.getPosition();
  const { hull, legs } = outlines(vehicle);
  const lander: SceneShape[] = [
    ...flames(vehicle, thrust),
    ...legs.map((points, i): SceneShape => ({
      kind: 'polygon',
      points,
      role: vehicle.legContact[i] === 1 ? 'goal' : 'joint',
    })),
    { kind: 'polygon', points: hull, role: 'body' },
  ];
  return {
    bounds: { left: -REACH, right: WIDTH + REACH, bottom: 0, top: TOP },
    shapes: [
      { kind: 'polygon', points: [[0, 0], ...terrain, [WIDTH, 0]], role: 'ground' },
      { kind: 'line', points: segment([PAD[0], PAD_HEIGHT], [PAD[1], PAD_HEIGHT]), width: 0.08, role: 'goal' },
      ...PAD.flatMap(flag),
      ...(y > TOP - REACH ? [marker(x)] : lander),
    ],
  };
}
