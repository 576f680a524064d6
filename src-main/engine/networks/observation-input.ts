// How observations enter a fresh network.
import type { BoxSpace } from '../../contract/environment.ts';
import type { NetworkSpecification } from '../../contract/network.ts';

const BYTE = 255;

/** Pixels, which are bytes, as numbers from 0 to 1, as Stable-Baselines3 has them; anything else as it is. */
export function observationInput({ shape, low, high }: BoxSpace): NetworkSpecification['input'] {
  const pixels = shape.length === 3 && low.every((value) => value === 0) && high.every((value) => value === BYTE);
  return { shape, scale: pixels ? 1 / BYTE : 1 };
}
