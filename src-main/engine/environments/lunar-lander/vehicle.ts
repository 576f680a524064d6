// The lander and its legs above the moon, as rigid bodies. planck computes them: Box2D in JavaScript. It draws no random
// numbers, and the clock that it reads is for its own statistics only.
import { Box, Edge, Polygon, World, type Body, type Contact } from 'planck';
import type { Point } from '../scene-geometry.ts';
import { Hinge } from './hinge.ts';
import { HEIGHT, SCALE, WIDTH } from './terrain.ts';

/** Corners of the hull, in pixels from its origin. */
const HULL: readonly Point[] = [
  [-14, 17],
  [-17, 0],
  [-17, -10],
  [17, -10],
  [17, 0],
  [14, 17],
];
const LEG_AWAY = 20 / SCALE;
const LEG_DOWN = 18 / SCALE;
const LEG_HALF_WIDTH = 2 / SCALE;
const LEG_HALF_HEIGHT = 8 / SCALE;
const LEG_SPRING_TORQUE = 40; // N·m

const GRAVITY = -10; // m/s²
const TIME_STEP = 1 / 50; // s
const VELOCITY_ITERATIONS = 180;
const POSITION_ITERATIONS = 60;

const GROUND = 0x0001;

/** Which leg: that of the right-hand side of the view first, as Gymnasium observes them. */
const SIDES = [-1, 1] as const;

export class Vehicle {
  readonly hull: Body;
  readonly legs: readonly Body[];
  /**
   * 1 for a leg on the ground, as the last of its contacts that began or ended says: one that slides from a stretch of
   * ground to the next counts as in the air until it touches anew, as in Gymnasium.
   */
  readonly legContact = new Uint8Array(2);
  /** Whether the hull has touched the ground. */
  crashed = false;

  /** Above the middle of the view, at rest. @param terrain points of the surface, left to right */
  constructor(terrain: readonly Point[]) {
    const world = new World({ gravity: { x: 0, y: GRAVITY } });
    const moon = world.createBody();
    moon.createFixture({ shape: new Edge({ x: 0, y: 0 }, { x: WIDTH, y: 0 }), density: 0, friction: 0.2 });
    for (let i = 0; i + 1 < terrain.length; i++) {
      const [from, to] = [terrain[i]!, terrain[i + 1]!];
      const shape = new Edge({ x: from[0], y: from[1] }, { x: to[0], y: to[1] });
      moon.createFixture({ shape, density: 0, friction: 0.1 });
    }
    this.hull = world.createDynamicBody({ position: { x: WIDTH / 2, y: HEIGHT } });
    this.hull.createFixture({
      shape: new Polygon(HULL.map(([x, y]) => ({ x: x / SCALE, y: y / SCALE }))),
      density: 5,
      friction: 0.1,
      restitution: 0,
      filterCategoryBits: 0x0010,
      filterMaskBits: GROUND,
    });
    this.legs = SIDES.map((side) => this.#attachLeg(side));
    world.on('begin-contact', (contact) => {
      this.#touch(contact, 1);
    });
    world.on('end-contact', (contact) => {
      this.#touch(contact, 0);
    });
  }

  /** A leg on a hinge in the middle of the hull; a motor presses it down against a stop, like a spring. */
  #attachLeg(side: number): Body {
    const world = this.hull.getWorld();
    const leg = world.createDynamicBody({
      position: { x: WIDTH / 2 - side * LEG_AWAY, y: HEIGHT },
      angle: side * 0.05,
    });
    leg.createFixture({
      shape: new Box(LEG_HALF_WIDTH, LEG_HALF_HEIGHT),
      density: 1,
      friction: 0.2,
      restitution: 0,
      filterCategoryBits: 0x0020,
      filterMaskBits: GROUND,
    });
    const joint = new Hinge({
      bodyA: this.hull,
      bodyB: leg,
      localAnchorA: { x: 0, y: 0 },
      localAnchorB: { x: side * LEG_AWAY, y: LEG_DOWN },
      referenceAngle: 0,
      enableMotor: true,
      maxMotorTorque: LEG_SPRING_TORQUE,
      motorSpeed: 0.3 * side,
      enableLimit: true,
      lowerAngle: side === -1 ? 0.4 : -0.9,
      upperAngle: side === -1 ? 0.9 : -0.4,
    });
    world.createJoint(joint);
    return leg;
  }

  #touch(contact: Contact, touching: 0 | 1): void {
    const bodies = [contact.getFixtureA().getBody(), contact.getFixtureB().getBody()];
    if (touching === 1 && bodies.includes(this.hull)) this.crashed = true;
    this.legs.forEach((leg, i) => {
      if (bodies.includes(leg)) this.legContact[i] = touching;
    });
  }

  /** For the next step, at the hull's centre of mass. */
  push(force: { readonly x: number; readonly y: number }): void {
    this.hull.applyForceToCenter(force, true);
  }

  /** At once, at a point of the world. */
  kick(impulse: { readonly x: number; readonly y: number }, point: { readonly x: number; readonly y: number }): void {
    this.hull.applyLinearImpulse(impulse, point, true);
  }

  /** One fiftieth of a second. */
  step(): void {
    this.hull.getWorld().step(TIME_STEP, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
  }
}

/** Height of the hull's origin above the ground when it stands on its legs. */
export const STANDING_HEIGHT = LEG_DOWN;

/** Outlines in the world, for drawing. */
export function outlines({ hull, legs }: Vehicle): { hull: Point[]; legs: Point[][] } {
  const placed = (body: Body, corners: readonly Point[]): Point[] =>
    corners.map(([x, y]) => {
      const point = body.getWorldPoint({ x, y });
      return [point.x, point.y];
    });
  const leg: readonly Point[] = [
    [-LEG_HALF_WIDTH, -LEG_HALF_HEIGHT],
    [LEG_HALF_WIDTH, -LEG_HALF_HEIGHT],
    [LEG_HALF_WIDTH, LEG_HALF_HEIGHT],
    [-LEG_HALF_WIDTH, LEG_HALF_HEIGHT],
  ];
  return {
    hull: placed(
      hull,
      HULL.map(([x, y]): Point => [x / SCALE, y / SCALE]),
    ),
    legs: legs.map((body) => placed(body, leg)),
  };
}
