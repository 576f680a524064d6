// The hinge of a leg: planck's revolute joint, to the last bit, in a fraction of the time. Gymnasium asks for 180 rounds of
// the velocity solver in every step, and nearly all of the physics is spent in them.
import { RevoluteJoint, type TimeStep } from 'planck';

interface Velocity {
  readonly v: { x: number; y: number };
  w: number;
}

/** What planck's joint keeps; not in its types, so that its version is pinned and a test holds it against the original. */
interface Solver {
  readonly m_bodyA: { readonly c_velocity: Velocity };
  readonly m_bodyB: { readonly c_velocity: Velocity };
  readonly m_invMassA: number;
  readonly m_invMassB: number;
  readonly m_invIA: number;
  readonly m_invIB: number;
  readonly m_rA: { readonly x: number; readonly y: number };
  readonly m_rB: { readonly x: number; readonly y: number };
  readonly m_mass: Readonly<Record<'ex' | 'ey' | 'ez', { readonly x: number; readonly y: number; readonly z: number }>>;
  readonly m_motorMass: number;
  readonly m_motorSpeed: number;
  readonly m_maxMotorTorque: number;
  readonly m_limitState: number;
  readonly m_impulse: { x: number; y: number; z: number };
  m_motorImpulse: number;
}

const INACTIVE = 0;
const AT_LOWER = 1;

/* eslint-disable @typescript-eslint/no-deprecated -- what planck deprecates is calling the class without `new` */
/**
 * With a motor and with limits that lie apart. Nothing is allocated; determinants, which are the same in all rounds of a
 * step, are computed once; and a round that changes nothing is not computed again as long as nobody else changes the
 * velocities.
 */
export class Hinge extends RevoluteJoint {
  /** Of the last round: what it found is what it left. */
  #settled = false;
  #velocityAx = 0;
  #velocityAy = 0;
  #spinA = 0;
  #velocityBx = 0;
  #velocityBy = 0;
  #spinB = 0;
  /** 1 / determinant of the mass matrix, and of its upper left 2×2. */
  #inverse33 = 0;
  #inverse22 = 0;
  /** ey × ez. */
  #crossX = 0;
  #crossY = 0;
  #crossZ = 0;

  override initVelocityConstraints(step: TimeStep): void {
    super.initVelocityConstraints(step);
    const { ex, ey, ez } = (this as unknown as Solver).m_mass;
    this.#crossX = ey.y * ez.z - ey.z * ez.y;
    this.#crossY = ey.z * ez.x - ey.x * ez.z;
    this.#crossZ = ey.x * ez.y - ey.y * ez.x;
    const determinant33 = ex.x * this.#crossX + ex.y * this.#crossY + ex.z * this.#crossZ;
    this.#inverse33 = determinant33 === 0 ? 0 : 1 / determinant33;
    const determinant22 = ex.x * ey.y - ey.x * ex.y;
    this.#inverse22 = determinant22 === 0 ? 0 : 1 / determinant22;
    this.#settled = false;
  }

  override solveVelocityConstraints(step: TimeStep): void {
    const self = this as unknown as Solver;
    const a = self.m_bodyA.c_velocity;
    const b = self.m_bodyB.c_velocity;
    const { v: vA } = a;
    const { v: vB } = b;
    const [vAx, vAy, vBx, vBy] = [vA.x, vA.y, vB.x, vB.y];
    let [wA, wB] = [a.w, b.w];
    const unmoved =
      vAx === this.#velocityAx &&
      vAy === this.#velocityAy &&
      wA === this.#spinA &&
      vBx === this.#velocityBx &&
      vBy === this.#velocityBy &&
      wB === this.#spinB;
    if (this.#settled && unmoved) return;

    const { m_invIA: iA, m_invIB: iB, m_invMassA: mA, m_invMassB: mB, m_rA: rA, m_rB: rB, m_impulse: total } = self;
    const { ex, ey, ez } = self.m_mass;
    const [totalX, totalY, totalZ, motor] = [total.x, total.y, total.z, self.m_motorImpulse];

    const limit = step.dt * self.m_maxMotorTorque;
    const wanted = motor + -self.m_motorMass * (wB - wA - self.m_motorSpeed);
    self.m_motorImpulse = wanted < -limit ? -limit : wanted > limit ? limit : wanted;
    wA -= iA * (self.m_motorImpulse - motor);
    wB += iB * (self.m_motorImpulse - motor);

    // How the two ends of the hinge drift apart.
    const x = vBx + -wB * rB.y - (vAx + -wA * rA.y);
    const y = vBy + wB * rB.x - (vAy + wA * rA.x);
    let impulseX: number;
    let impulseY: number;
    let impulseZ = 0;
    const state = self.m_limitState;
    if (state === INACTIVE) {
      impulseX = this.#inverse22 * (ey.y * -x - ey.x * -y);
      impulseY = this.#inverse22 * (ex.x * -y - ex.y * -x);
      total.x += impulseX;
      total.y += impulseY;
    } else {
      const z = wB - wA;
      impulseZ = -(
        this.#inverse33 *
        (ex.x * (ey.y * z - ey.z * y) + ex.y * (ey.z * x - ey.x * z) + ex.z * (ey.x * y - ey.y * x))
      );
      const pressed = totalZ + impulseZ;
      if (state === AT_LOWER ? pressed < 0 : pressed > 0) {
        // The stop would have to pull: it lets go.
        const rightX = -1 * x + totalZ * ez.x;
        const rightY = -1 * y + totalZ * ez.y;
        impulseX = this.#inverse22 * (ey.y * rightX - ey.x * rightY);
        impulseY = this.#inverse22 * (ex.x * rightY - ex.y * rightX);
        impulseZ = -totalZ;
        total.x += impulseX;
        total.y += impulseY;
        total.z = 0;
      } else {
        impulseX = -(this.#inverse33 * (x * this.#crossX + y * this.#crossY + z * this.#crossZ));
        impulseY = -(
          this.#inverse33 *
          (ex.x * (y * ez.z - z * ez.y) + ex.y * (z * ez.x - x * ez.z) + ex.z * (x * ez.y - y * ez.x))
        );
        total.x += impulseX;
        total.y += impulseY;
        total.z += impulseZ;
      }
    }
    vA.x = vAx - mA * impulseX;
    vA.y = vAy - mA * impulseY;
    vB.x = vBx + mB * impulseX;
    vB.y = vBy + mB * impulseY;
    a.w = wA - iA * (rA.x * impulseY - rA.y * impulseX + impulseZ);
    b.w = wB + iB * (rB.x * impulseY - rB.y * impulseX + impulseZ);

    this.#settled =
      vA.x === vAx &&
      vA.y === vAy &&
      vB.x === vBx &&
      vB.y === vBy &&
      total.x === totalX &&
      total.y === totalY &&
      total.z === totalZ &&
      self.m_motorImpulse === motor &&
      a.w === this.#spinA &&
      b.w === this.#spinB &&
      unmoved;
    this.#velocityAx = vA.x;
    this.#velocityAy = vA.y;
    this.#spinA = a.w;
    this.#velocityBx = vB.x;
    this.#velocityBy = vB.y;
    this.#spinB = b.w;
  }
}
