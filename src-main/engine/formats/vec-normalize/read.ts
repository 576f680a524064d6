// vecnormalize.pkl: the observation statistics of Stable-Baselines3's VecNormalize, beside an agent that was trained with it.
import type { Normalizer } from '../../../contract/network.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { NUMPY_GLOBALS, readNumber, readNumpyArray } from '../pickle/numpy.ts';
import { readPickle } from '../pickle/read-pickle.ts';
import { PickleInstance, type PickleValue } from '../pickle/values.ts';
import type { ModelFile } from '../model-reader.ts';

/** It is a pickle, but not of statistics that belong to one vector of observations. */
export class NotANormalizerError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(
      `"${file}" holds no observation statistics: ${problem}`,
      'Choose the file that VecNormalize.save() wrote beside the agent.',
    );
  }
}

const VEC_NORMALIZE = 'stable_baselines3.common.vec_env.vec_normalize.VecNormalize';
const RUNNING_MEAN_STD = 'stable_baselines3.common.running_mean_std.RunningMeanStd';

const spacesOf = (library: string): string[] =>
  ['box.Box', 'discrete.Discrete', 'dict.Dict', 'multi_discrete.MultiDiscrete', 'multi_binary.MultiBinary'].map(
    (space) => `${library}.spaces.${space}`,
  );

/** What a VecNormalize carries besides statistics: its spaces and their random generators. All stays inert. */
const GLOBALS: ReadonlySet<string> = new Set([
  VEC_NORMALIZE,
  RUNNING_MEAN_STD,
  'collections.OrderedDict',
  ...NUMPY_GLOBALS,
  ...spacesOf('gym'),
  ...spacesOf('gymnasium'),
  'numpy.random._pickle.__randomstate_ctor',
  'numpy.random._pickle.__generator_ctor',
  'numpy.random._pickle.__bit_generator_ctor',
  'numpy.random._mt19937.MT19937',
  'numpy.random._pcg64.PCG64',
  'numpy.random.bit_generator.SeedSequence',
  'numpy.random.bit_generator.__pyx_unpickle_SeedSequence',
]);

function attributesOf(value: PickleValue | undefined, global: string): ReadonlyMap<PickleValue, PickleValue> | null {
  if (!(value instanceof PickleInstance) || value.global !== global || !(value.state instanceof Map)) return null;
  return value.state;
}

/**
 * @returns the normaliser, or null when only rewards were normalised.
 * @throws NotANormalizerError and the errors of pickle/
 */
export function readVecNormalize({ name, bytes }: ModelFile): Normalizer | null {
  const attributes = attributesOf(readPickle({ bytes, file: name, globals: GLOBALS }), VEC_NORMALIZE);
  if (attributes === null) throw new NotANormalizerError(name, 'it is not a VecNormalize');
  if (attributes.get('norm_obs') === false) return null;
  const statistics = attributes.get('obs_rms');
  if (statistics instanceof Map)
    throw new NotANormalizerError(name, 'its observations are a dictionary, not one vector');
  const moments = attributesOf(statistics, RUNNING_MEAN_STD);
  if (moments === null) throw new NotANormalizerError(name, 'its running mean and variance are missing');
  const mean = readNumpyArray(moments.get('mean'), name).values;
  const variance = readNumpyArray(moments.get('var'), name).values;
  const epsilon = readNumber(attributes.get('epsilon'), name);
  const clip = Math.min(Number.MAX_VALUE, readNumber(attributes.get('clip_obs'), name));
  const finite = [...mean, ...variance, epsilon, clip].every(Number.isFinite);
  const sound = mean.length === variance.length && variance.every((value) => value >= 0) && epsilon > 0 && clip > 0;
  if (!finite || !sound) throw new NotANormalizerError(name, 'its numbers are not those of a mean and a variance');
  return { mean, variance, epsilon, clip };
}
