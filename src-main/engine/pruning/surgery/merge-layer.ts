// The surgery that removes a layer: what computes nothing that the next layers could not is taken into these.
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks } from '../../networks/parameters.ts';
import { biasName, kernelName } from '../../networks/shapes.ts';
import { unitGroups, type UnitGroup } from '../units.ts';
import { withLayer } from './bypass-layer.ts';

/** (x·A + c)·W + b = x·(A·W) + (c·W + b), computed in double precision. */
function merged(
  { inputs, units, layer }: UnitGroup,
  parameters: PolicyModel['parameters'],
  reader: UnitGroup['consumers'][number],
): { kernel: Float32Array; bias: Float32Array } {
  const [a, c] = [parameters[kernelName(layer)]!, parameters[biasName(layer)]!];
  const w = parameters[kernelName(reader.layer)]!;
  const product = new Float64Array(inputs * reader.units);
  const bias = Float64Array.from(parameters[biasName(reader.layer)]!);
  for (let k = 0; k < units; k++) {
    for (let j = 0; j < reader.units; j++) {
      const weight = w[k * reader.units + j]!;
      if (weight === 0) continue;
      bias[j]! += c[k]! * weight;
      for (let i = 0; i < inputs; i++) product[i * reader.units + j]! += a[i * units + k]! * weight;
    }
  }
  return { kernel: Float32Array.from(product), bias: Float32Array.from(bias) };
}

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
    for (const reader of group.consumers) {
      const { kernel, bias } = merged(group, whole, reader);
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
