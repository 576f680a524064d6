/* eslint-disable @typescript-eslint/no-deprecated -- what planck deprecates is calling the class without `new` */
import fc from 'fast-check';
import { Box, Edge, RevoluteJoint, World, type Body, type RevoluteJointDef } from 'planck';
import { expect, it } from 'vitest';
import { Hinge } from '../../../src-main/engine/environments/lunar-lander/hinge.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

const STEPS = 150;

interface Scene {
  readonly seed: number;
  readonly motorSpeed: number;
  readonly lower: number;
  readonly range: number;
  readonly height: number;
}

/** Two legs on a hull above the ground, kicked about; what all bodies do, step by step. */
function motionOf(Joint: new (definition: RevoluteJointDef) => RevoluteJoint, scene: Scene): number[] {
  const random = new Random(scene.seed);
  const world = new World({ gravity: { x: 0, y: -10 } });
  world.createBody().createFixture({ shape: new Edge({ x: -20, y: 0 }, { x: 20, y: 1 }), friction: 0.2 });
  const hull = world.createDynamicBody({ position: { x: 0, y: scene.height } });
  hull.createFixture({ shape: new Box(0.6, 0.5), density: 5, filterCategoryBits: 2, filterMaskBits: 1 });
  const legs = [-1, 1].map((side): Body => {
    const leg = world.createDynamicBody({ position: { x: -side * 0.7, y: scene.height }, angle: side * 0.05 });
    leg.createFixture({ shape: new Box(0.07, 0.3), density: 1, filterCategoryBits: 2, filterMaskBits: 1 });
    world.createJoint(
      new Joint({
        bodyA: hull,
        bodyB: leg,
        localAnchorA: { x: 0, y: 0 },
        localAnchorB: { x: side * 0.7, y: 0.6 },
        referenceAngle: 0,
        enableMotor: true,
        maxMotorTorque: 40,
        motorSpeed: scene.motorSpeed * side,
        enableLimit: true,
        lowerAngle: side * scene.lower - scene.range,
        upperAngle: side * scene.lower + scene.range,
      }),
    );
    return leg;
  });
  const motion: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    if (random.uniform() < 0.3) {
      hull.applyForceToCenter({ x: random.between(-300, 300), y: random.between(-100, 300) }, true);
      hull.applyAngularImpulse(random.between(-2, 2), true);
    }
    world.step(1 / 50, 60, 20);
    for (const body of [hull, ...legs]) {
      const { x, y } = body.getPosition();
      const { x: vx, y: vy } = body.getLinearVelocity();
      motion.push(x, y, body.getAngle(), vx, vy, body.getAngularVelocity());
    }
  }
  return motion;
}

it('moves as a joint of planck does, to the last bit: in the air and on the ground, free, at either stop and pulled off it', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(),
        motorSpeed: fc.double({ min: -3, max: 3, noNaN: true }),
        lower: fc.double({ min: -1, max: 1, noNaN: true }),
        range: fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        height: fc.double({ min: 1.5, max: 6, noNaN: true }),
      }),
      (scene) => {
        expect(motionOf(Hinge, scene)).toEqual(motionOf(RevoluteJoint, scene));
      },
    ),
    { numRuns: 40 },
  );
});
