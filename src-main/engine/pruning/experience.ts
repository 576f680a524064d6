// What pruning may learn and choose by: an environment to play in, or observations that the policy has met elsewhere.
import type { SeedRanges } from '../../contract/evaluation.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { firstObservation } from '../evaluation/measure-model.ts';
import type { ObservationShares } from './share-observations.ts';
import { trainingSeeds } from './training-seeds.ts';

export interface PlayedExperience {
  readonly kind: 'played';
  readonly environment: EnvironmentDefinition;
  readonly seeds: Pick<SeedRanges, 'train' | 'validation'>;
  /** The next training seed at every call. */
  readonly nextTrainingSeed: () => number;
}

/** Without the test share: nothing that prunes may see it. */
export type RecordedExperience = { readonly kind: 'recorded' } & Pick<
  ObservationShares,
  'train' | 'validation' | 'block'
>;

export type Experience = PlayedExperience | RecordedExperience;

export function playIn(environment: EnvironmentDefinition, seeds: PlayedExperience['seeds']): PlayedExperience {
  return { kind: 'played', environment, seeds, nextTrainingSeed: trainingSeeds(seeds.train) };
}

/** Something that has to be played, and only observations. */
export class NothingToPlayError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(what: string, instead: readonly string[]) {
    super(
      `${what} plays episodes, and observations are all there is`,
      `Use ${instead.join(', ')}, or name the environment.`,
    );
  }
}

/** @throws NothingToPlayError */
export function played(experience: Experience, what: string, instead: readonly string[]): PlayedExperience {
  if (experience.kind === 'recorded') throw new NothingToPlayError(what, instead);
  return experience;
}

/** One observation, for what does not depend on which. [inputSize] */
export function anyObservation(experience: Experience, inputSize: number): Float32Array {
  switch (experience.kind) {
    case 'played':
      return firstObservation(experience.environment);
    case 'recorded':
      return experience.train.subarray(0, inputSize);
  }
}
