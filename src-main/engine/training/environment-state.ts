// Running episodes as saved state, and back. Worlds go into an array: their numbers may be −0, NaN or infinite.
import { z } from 'zod';
import { ForeignStateError, restoreArray, type SavedState } from '../agents/saved-state.ts';
import type { VectorEnvironment } from '../environments/vector-environment.ts';
import { randomStateSchema } from '../random/random-state.ts';

const numbers = z.array(z.number()).readonly();
const environmentSchema = z.strictObject({
  id: z.string(),
  /** Length of each world's state. */
  sizes: z.array(z.int().min(0)).readonly(),
  randoms: z.array(randomStateSchema).readonly(),
  steps: numbers,
  active: numbers,
  rewards: numbers,
  terminated: numbers,
  truncated: numbers,
});

export function saveEnvironment(environment: VectorEnvironment): SavedState {
  const { worlds, randoms, ...slots } = environment.saveState();
  const sizes = worlds.map((world) => world.length);
  return {
    values: { ...slots, id: environment.definition.id, sizes, randoms: randoms.map((random) => ({ ...random })) },
    arrays: { worlds: Float64Array.from(worlds.flat()) },
  };
}

/** @throws ForeignStateError */
export function loadEnvironment(environment: VectorEnvironment, state: SavedState): void {
  const { id, sizes, ...slots } = environmentSchema.parse(state.values);
  const { definition, count } = environment;
  if (id !== definition.id || sizes.length !== count) {
    throw new ForeignStateError('environment', `is of ${sizes.length} × ${id}, not of ${count} × ${definition.id}`);
  }
  const flat = new Float64Array(sizes.reduce((total, size) => total + size, 0));
  restoreArray(flat, state, 'worlds');
  let offset = 0;
  const worlds = sizes.map((size) => [...flat.subarray(offset, (offset += size))]);
  environment.loadState({ ...slots, worlds });
}
