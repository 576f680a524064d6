// What any numerics backend must do, whatever computes: one suite, run against every implementation of the port.
import { beforeAll, describe } from 'vitest';
import type { Backend } from '../../../src-main/engine/numerics/backend.ts';
import { checksErrors } from './conformance/errors.ts';
import { checksGradients } from './conformance/gradients.ts';
import { checksInstances } from './conformance/instances.ts';
import { checksMasks } from './conformance/masks.ts';
import { checksOptimizers } from './conformance/optimizers.ts';
import { checksOutputs } from './conformance/outputs.ts';
import { checksResuming } from './conformance/resuming.ts';

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

const FLOAT32: Tolerance = { outputs: 1e-5, gradients: 1e-4, parameters: 1e-4 };

/** Declares the whole suite for one backend. */
export function describeBackend({
  name,
  createBackend,
  tolerance = FLOAT32,
}: {
  readonly name: string;
  readonly createBackend: () => Backend | Promise<Backend>;
  readonly tolerance?: Tolerance;
}): void {
  describe(`numerics backend ${name}`, () => {
    let created: Backend;
    beforeAll(async () => {
      created = await createBackend();
    });
    const conformance: Conformance = { backend: () => created, tolerance };
    checksOutputs(conformance);
    checksGradients(conformance);
    checksOptimizers(conformance);
    checksMasks(conformance);
    checksResuming(conformance);
    checksInstances(conformance);
    checksErrors(conformance);
  });
}
