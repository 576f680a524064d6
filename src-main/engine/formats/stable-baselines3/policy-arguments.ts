// What policy_kwargs changes about the network: the activation, the features extractor, the scaling of images.
import type { Activation } from '../../../contract/network.ts';
import { classNameOf, fieldsOf, type Fields } from './data.ts';
import { UnsupportedModelError } from './errors.ts';

const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
  ['ReLU', 'relu'],
  ['Tanh', 'tanh'],
  ['Sigmoid', 'sigmoid'],
  ['ELU', 'elu'],
  ['Identity', 'linear'],
]);

export interface PolicyArguments {
  readonly activation: Activation;
  readonly normalizeImages: boolean;
  readonly notes: readonly string[];
}

/**
 * @param options.otherwise the algorithm's default activation.
 * @throws UnsupportedModelError for an activation or features extractor that is not known.
 */
export function readPolicyArguments(options: { data: Fields; otherwise: Activation; file: string }): PolicyArguments {
  const { data, otherwise, file } = options;
  const known = typeof data.policy_kwargs === 'object' && data.policy_kwargs !== null;
  const fields = fieldsOf(data.policy_kwargs);
  const extractor = classNameOf(fields.features_extractor_class);
  if (extractor !== null && extractor !== 'NatureCNN' && extractor !== 'FlattenExtractor') {
    throw new UnsupportedModelError(file, `the features extractor ${extractor}`);
  }
  const given = fields.activation_fn;
  const name = classNameOf(given);
  const activation = given === undefined ? otherwise : ACTIVATIONS.get(name ?? '');
  if (activation === undefined) throw new UnsupportedModelError(file, `the activation ${name ?? String(given)}`);
  const assumed = `The file does not say which activation the network uses; ${otherwise}, the default, is assumed.`;
  return {
    activation,
    normalizeImages: fields.normalize_images !== false && fields.normalize_images !== 'False',
    notes: known ? [] : [assumed],
  };
}
