// A network with its optimizer as saved state, and back.
import { z } from 'zod';
import type { NetworkInstance } from '../numerics/backend.ts';
import { arraysOf, joinStates, partOf, type SavedState } from './saved-state.ts';

const optimizerSchema = z.strictObject({ step: z.int().min(0) });

/** Parameters and all that the optimizer remembers. */
export function saveInstance(instance: NetworkInstance): SavedState {
  const { step, slots } = instance.readOptimizer();
  return joinStates({
    parameters: { values: null, arrays: instance.readParameters() },
    optimizer: { values: { step }, arrays: slots },
  });
}

/** Masks, if there are any, are to be set before. */
export function loadInstance(instance: NetworkInstance, state: SavedState): void {
  const optimizer = partOf(state, 'optimizer');
  const { step } = optimizerSchema.parse(optimizer.values);
  instance.writeParameters(arraysOf(partOf(state, 'parameters'), Float32Array));
  instance.writeOptimizer({ step, slots: arraysOf(optimizer, Float32Array) });
}
