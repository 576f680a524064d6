// The surgery that removes a layer: what computes nothing that the next layers could not is taken into these.
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks } from '../../networks/parameters.ts';
import { biasName, kernelName } from '../../networks/shapes.ts';
import { unitGroups } from '../units.ts';
import { withLayer } from './bypass-layer.ts';
import { composeAffine, type AffineMap } from './compose-affine.ts';

/**
 * The network without a layer that `bypassLayer` has made linear: it answers the same but for rounding. All that read a
 * dense layer, in both heads of a dueling network for example, get kernels that do the work of two, and lose the masks
 * of the old ones; a convolution, which passes on what it reads, is left out.
 */
export function mergeLayer(model: PolicyModel, layer: string): PolicyModel {
  const { network } = model.description;
  const group = unitGroups(network).find((candidate) => candidate.layer === layer)!;
  const parameters: Record<string, Float32Array> = { ...model.parameters };
  const masks: Record<string, Uint8Array> = { ...model.masks };
  if (group.kind === 'neuron') {
    const whole = applyMasks(model.parameters, model.masks);
    const affineOf = (name: string): AffineMap => ({ kernel: whole[kernelName(name)]!, bias: whole[biasName(name)]! });
    for (const reader of group.consumers) {
      const { kernel, bias } = composeAffine(affineOf(layer), affineOf(reader.layer));
      parameters[kernelName(reader.layer)] = kernel;
      parameters[biasName(reader.layer)] = bias;
      Reflect.deleteProperty(masks, kernelName(reader.layer));
    }
  }
  for (const name of [kernelName(layer), biasName(layer)]) {
    Reflect.deleteProperty(parameters, name);
    Reflect.deleteProperty(masks, name);
  }
  return {
    description: { ...model.description, network: withLayer(network, layer, () => null) },
    parameters,
    masks,
  };
}
