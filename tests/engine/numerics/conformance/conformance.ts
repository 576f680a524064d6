// What the parts of the conformance suite are told.
import type { Backend } from '../../../../src-main/engine/numerics/backend.ts';

/** Largest deviation from float64 that passes, relative to the largest value of an array (or to 1). */
export interface Tolerance {
  readonly outputs: number;
  readonly gradients: number;
  /** Of parameters and optimizer slots after some dozen steps. */
  readonly parameters: number;
}

/** What the parts of the suite share; `backend` may be called inside tests only. */
export interface Conformance {
  readonly backend: () => Backend;
  readonly tolerance: Tolerance;
}
