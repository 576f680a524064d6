// What any numerics backend must do, whatever computes: one suite, run against every implementation of the port.
import { beforeAll, describe } from 'vitest';
import type { Backend } from '../../../src-main/engine/numerics/backend.ts';
import type { Conformance, Tolerance } from './conformance/conformance.ts';
import { checksErrors } from './conformance/errors.ts';
import { checksGradients } from './conformance/gradients.ts';
import { checksInstances } from './conformance/instances.ts';
import { checksMasks } from './conformance/masks.ts';
import { checksOptimizers } from './conformance/optimizers.ts';
import { checksOutputs } from './conformance/outputs.ts';
import { checksResuming } from './conformance/resuming.ts';

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
