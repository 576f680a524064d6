// The network's input, from the observation space and from where the weights begin.
import type { NetworkSpecification } from '../../../contract/network.ts';
import { sizeOf } from '../../networks/shapes.ts';
import { InconsistentAgentError, UnsupportedModelError } from './errors.ts';
import type { Space } from './spaces.ts';

export interface Observation {
  readonly input: NetworkSpecification['input'];
  readonly notes: readonly string[];
}

/** Images as [height, width, channels]; Stable-Baselines3 has the channels first. */
export function imageObservation(options: {
  space: Space | null;
  normalizeImages: boolean;
  file: string;
}): Observation {
  const { space, normalizeImages, file } = options;
  if (space?.kind !== 'box' || space.shape.length !== 3) {
    throw new InconsistentAgentError(file, 'it has convolutions, but its observations are no images that can be read');
  }
  const [channels, height, width] = space.shape as [number, number, number];
  const scale = space.image && normalizeImages ? 1 / 255 : 1;
  return {
    input: { shape: [height, width, channels], scale },
    notes: [`Images are taken as height × width × channels (${height}×${width}×${channels}).`],
  };
}

/** Vectors, and all that Stable-Baselines3 flattens to one; one-hot for discrete observations. */
export function vectorObservation(options: {
  space: Space | null;
  normalizeImages: boolean;
  /** Inputs of the first dense layer. */
  inputs: number;
  file: string;
}): Observation {
  const { space, normalizeImages, inputs, file } = options;
  const input = { shape: [inputs], scale: 1 };
  switch (space?.kind) {
    case undefined:
      return { input, notes: ['The observation space could not be read from the file.'] };
    case 'other':
      throw new UnsupportedModelError(file, `observations of the space ${space.name}`);
    case 'discrete':
      if (space.n !== inputs) break;
      return { input, notes: [`Observations are discrete: the network takes them one-hot, ${inputs} numbers.`] };
    case 'box':
      if (sizeOf(space.shape) !== inputs) break;
      if (!space.image || !normalizeImages) return { input, notes: [] };
      return {
        input: { ...input, scale: 1 / 255 },
        notes: ['Images are flattened with the channels first.'],
      };
  }
  throw new InconsistentAgentError(file, `its network takes ${inputs} numbers, its observations have another size`);
}
