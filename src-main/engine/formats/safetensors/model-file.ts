// Secateur's own model file: safetensors whose metadata `secateur` holds the description. A mask that says what the zeros of
// its kernel say already takes no bytes: the metadata `masked` names the kernel. Any other is a U8 tensor.
import { z } from 'zod';
import { modelDescriptionSchema, type ModelDescription } from '../../../contract/model.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { checkParameters, parameterShapes, placeNetwork, sizeOf, type Shape } from '../../networks/shapes.ts';
import { checkFinite } from '../finite-weights.ts';
import type { ModelReader } from '../model-reader.ts';
import { parseStrictJson } from '../strict-json.ts';
import { MalformedModelError, MissingDescriptionError } from './errors.ts';
import { looksLikeSafetensors, readSafetensors, writeSafetensors, type SafeTensor } from './tensor-file.ts';

const DESCRIPTION = 'secateur';
const PROVENANCE = 'provenance';
const MASK = 'mask:';
const MASKED = 'masked';

/** Typed arrays are little-endian on every platform that Secateur runs on, as the format is. */
const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const inZeros = (weight: number): 0 | 1 => (weight === 0 ? 0 : 1);

/** Whether the zeros of a kernel are what its mask removes, all of it and nothing else. */
function isInZeros(mask: Uint8Array, kernel: Float32Array | undefined): boolean {
  return kernel?.length === mask.length && kernel.every((weight, i) => mask[i] === inZeros(weight));
}

/** The file of a model, exactly as it is: critic, masks and the values under them included. */
export function writeModel(model: PolicyModel, provenance: Readonly<Record<string, string>> = {}): Uint8Array {
  const { description, parameters, masks } = model;
  const shapes = parameterShapes(description.network);
  checkParameters(description.network, parameters);
  const tensors = new Map<string, SafeTensor>();
  for (const [name, shape] of Object.entries(shapes)) {
    tensors.set(name, { dtype: 'F32', shape, data: bytesOf(parameters[name]!) });
  }
  const masked: string[] = [];
  for (const [name, mask] of Object.entries(masks)) {
    if (isInZeros(mask, parameters[name])) masked.push(name);
    else tensors.set(MASK + name, { dtype: 'U8', shape: shapes[name] ?? [mask.length], data: mask });
  }
  const metadata = {
    [DESCRIPTION]: JSON.stringify(description),
    [PROVENANCE]: JSON.stringify(provenance),
    ...(masked.length > 0 && { [MASKED]: JSON.stringify(masked) }),
  };
  return writeSafetensors({ tensors, metadata });
}

function readDescription(text: string, file: string): ModelDescription {
  const parsed = parseStrictJson(text);
  if ('problem' in parsed) throw new MalformedModelError(file, `its description: ${parsed.problem}`);
  const description = modelDescriptionSchema.safeParse(parsed.value);
  if (!description.success) {
    const [issue] = description.error.issues;
    throw new MalformedModelError(file, `its description: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  checkAgreement(description.data, file);
  return description.data;
}

/** What a schema cannot see: the normaliser's size, the head that acts, the number of actions. */
function checkAgreement({ network, policy, actionSpace }: ModelDescription, file: string): void {
  const placed = placeNetwork(network);
  const { normalizer } = network.input;
  if ([normalizer?.mean, normalizer?.variance].some((values) => values && values.length !== placed.inputSize)) {
    throw new MalformedModelError(
      file,
      `its normaliser is not of ${placed.inputSize} numbers, as the observations are`,
    );
  }
  const dueling = network.combine === 'dueling';
  const outputs = dueling ? placed.outputSize : placed.heads.find((head) => head.name === policy.head)?.size;
  const actions = actionSpace.kind === 'discrete' ? actionSpace.n : sizeOf(actionSpace.shape);
  if (outputs !== actions) {
    throw new MalformedModelError(
      file,
      `its head "${policy.head}" has ${outputs ?? 'no'} outputs for ${actions} actions`,
    );
  }
}

function readWeights(options: {
  name: string;
  tensor: SafeTensor;
  shape: Shape | undefined;
  file: string;
}): Float32Array {
  const { name, tensor, shape, file } = options;
  if (tensor.dtype !== 'F32') throw new MalformedModelError(file, `tensor "${name}" is ${tensor.dtype} instead of F32`);
  checkShape({ name, tensor, shape, file });
  const values = new Float32Array(tensor.data.slice().buffer);
  checkFinite({ file, tensor: name, values });
  return values;
}

function readMask(options: { name: string; tensor: SafeTensor; shape: Shape | undefined; file: string }): Uint8Array {
  const { name, tensor, shape, file } = options;
  if (shape?.length === 1 || tensor.dtype !== 'U8' || tensor.data.some((value) => value > 1)) {
    throw new MalformedModelError(file, `"${name}" is not a mask of zeros and ones over a kernel`);
  }
  checkShape({ name, tensor, shape, file });
  return tensor.data.slice();
}

/** The kernels whose zeros are their masks. */
function readMasked(text: string, file: string): readonly string[] {
  const parsed = parseStrictJson(text);
  const names = z.array(z.string()).safeParse('problem' in parsed ? null : parsed.value);
  if (!names.success) throw new MalformedModelError(file, `its metadata "${MASKED}" is not a list of kernels`);
  return names.data;
}

function checkShape(options: { name: string; tensor: SafeTensor; shape: Shape | undefined; file: string }): void {
  const { name, tensor, shape, file } = options;
  const fits = shape?.length === tensor.shape.length && shape.every((size, axis) => size === tensor.shape[axis]);
  if (fits) return;
  const needed = shape === undefined ? 'does not have' : `needs as [${shape.join(', ')}]`;
  throw new MalformedModelError(file, `tensor "${name}" is [${tensor.shape.join(', ')}], which the network ${needed}`);
}

/**
 * The model in a file that `writeModel` wrote.
 * @throws MissingDescriptionError, MalformedModelError, NonFiniteWeightsError, NetworkShapeError, ParameterShapeError,
 *   and the errors of tensor-file.ts
 */
export function readModel(bytes: Uint8Array, file = 'model.safetensors'): PolicyModel {
  const { tensors, metadata } = readSafetensors({ bytes, file });
  const text = metadata[DESCRIPTION];
  if (text === undefined) throw new MissingDescriptionError(file);
  const description = readDescription(text, file);
  const shapes = parameterShapes(description.network);
  const shapeOf = (name: string): Shape | undefined => (Object.hasOwn(shapes, name) ? shapes[name] : undefined);
  const parameters: Record<string, Float32Array> = {};
  const masks: Record<string, Uint8Array> = {};
  for (const [name, tensor] of tensors) {
    if (name.startsWith(MASK)) {
      const kernel = name.slice(MASK.length);
      masks[kernel] = readMask({ name, tensor, shape: shapeOf(kernel), file });
    } else {
      parameters[name] = readWeights({ name, tensor, shape: shapeOf(name), file });
    }
  }
  checkParameters(description.network, parameters);
  for (const name of readMasked(metadata[MASKED] ?? '[]', file)) {
    if ((shapeOf(name)?.length ?? 0) < 2) throw new MalformedModelError(file, `"${name}" is masked, but no kernel`);
    masks[name] = Uint8Array.from(parameters[name]!, inZeros);
  }
  return { description, parameters, masks };
}

export const secateurModel: ModelReader = {
  id: 'safetensors',
  label: 'Secateur model (.safetensors)',
  match: ({ name, bytes }) => looksLikeSafetensors(bytes) || name.toLowerCase().endsWith('.safetensors'),
  read: ({ name, bytes }) => ({
    model: readModel(bytes, name),
    origin: 'Secateur',
    notes: [],
    needsNormalizer: false,
  }),
};
