// Running episodes as saved state, and back. Worlds go into an array: their numbers may be −0, NaN or infinite.
import { z } from 'zod';
import { restoreArray, type SavedState } from '../agents/saved-state.ts';
import type { VectorEnvironment } from '../environments/vector-environment.ts';
import { randomStateSchema } from '../random/random-state.ts';

const numbers = z.array(z.number()).readonly();
const environmentSchema = z.strictObject({
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
    values: { ...slots, sizes, randoms: randoms.map((random) => ({ ...random })) },
    arrays: { worlds: Float64Array.from(worlds.flat()) },
  };
}

export function loadEnvironment(environment: VectorEnvironment, state: SavedState): void {
  const { sizes, ...slots } = environmentSchema.parse(state.values);
  const flat = new Float64Array(sizes.reduce((total, size) => total + size, 0));
  restoreArray(flat, state, 'worlds');
  let offset = 0;
  const worlds = sizes.map((size) => [...flat.subarray(offset, (offset += size))]);
  environment.loadState({ ...slots, worlds });
}
