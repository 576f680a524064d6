// The file formats that Secateur reads; a new one is one folder and one line here.
import type { Normalizer } from '../../contract/network.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { PolicyModel } from '../networks/model.ts';
import { sizeOf } from '../networks/shapes.ts';
import type { ModelFile, ModelReader, ReadModel } from './model-reader.ts';
import { secateurModel } from './safetensors/model-file.ts';
import { stableBaselines3 } from './stable-baselines3/read.ts';
import { readVecNormalize } from './vec-normalize/read.ts';

export const readers: readonly ModelReader[] = [secateurModel, stableBaselines3];

/** No reader knows the file. */
export class UnknownFormatError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string) {
    const known = readers.map((reader) => reader.label).join(', ');
    super(`"${file}" is not a model file that Secateur knows`, `Known: ${known}.`);
  }
}

/** Observation statistics of another size than the agent's observations. */
export class NormalizerMismatchError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(options: { file: string; values: number; inputs: number }) {
    super(
      `"${options.file}" normalises ${options.values} numbers, the agent observes ${options.inputs}`,
      'Choose the normaliser that was saved with this agent.',
    );
  }
}

function withNormalizer(model: PolicyModel, normalizer: Normalizer, file: string): PolicyModel {
  const { network } = model.description;
  const inputs = sizeOf(network.input.shape);
  if (normalizer.mean.length !== inputs) {
    throw new NormalizerMismatchError({ file, values: normalizer.mean.length, inputs });
  }
  const input = { ...network.input, normalizer };
  return { ...model, description: { ...model.description, network: { ...network, input } } };
}

const MISSING =
  'It was trained under VecNormalize: unless that normalised rewards only, it acts differently without its vecnormalize.pkl.';
const UNKNOWN =
  'The file does not tell whether observations were normalised in training; if they were, give its vecnormalize.pkl too.';

/**
 * The model in a file, by whichever reader knows it.
 * @param options.normalizer the vecnormalize.pkl saved beside the agent, if there is one.
 * @throws UnknownFormatError, NormalizerMismatchError, and the errors of the format's room
 */
export function readModelFile(options: ModelFile & { readonly normalizer?: ModelFile }): ReadModel {
  const reader = readers.find((candidate) => candidate.match(options));
  if (reader === undefined) throw new UnknownFormatError(options.name);
  const read = reader.read(options);
  if (options.normalizer === undefined) {
    const { needsNormalizer, notes } = read;
    if (needsNormalizer === false) return read;
    return { ...read, notes: [...notes, needsNormalizer === null ? UNKNOWN : MISSING] };
  }
  const normalizer = readVecNormalize(options.normalizer);
  if (normalizer === null) return { ...read, needsNormalizer: false };
  return { ...read, model: withNormalizer(read.model, normalizer, options.normalizer.name), needsNormalizer: false };
}
