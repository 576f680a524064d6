// What a removed unit contributed on average goes into the biases of the layers that read it.
import type { PolicyModel } from '../../networks/model.ts';
import { cloneParameters, type Masks } from '../../networks/parameters.ts';
import {
  allLayers,
  biasName,
  kernelName,
  placeNetwork,
  windowPadding,
  type PlacedLayer,
} from '../../networks/shapes.ts';
import type { ActivationStatistics } from '../activation-statistics.ts';
import { unitGroups } from '../units.ts';

/**
 * The mean of what every row of a layer's kernel is multiplied with, over the states and over the positions at which the
 * layer computes; zeros that a convolution pads with count.
 * @param means of every element of the layer's input
 */
function meanOfRows({ layer, inputShape, outputShape }: PlacedLayer, means: Float32Array): Float64Array {
  if (layer.kind !== 'conv2d') return Float64Array.from(means);
  const [height, width, channels] = inputShape as [number, number, number];
  const [outputHeight, outputWidth] = outputShape as [number, number, number];
  const [kernelHeight, kernelWidth] = layer.kernelSize;
  const { before: top } = windowPadding(height, outputHeight, kernelHeight, layer.strides[0]);
  const { before: left } = windowPadding(width, outputWidth, kernelWidth, layer.strides[1]);
  const rows = new Float64Array(kernelHeight * kernelWidth * channels);
  for (let dy = 0; dy < kernelHeight; dy++) {
    for (let dx = 0; dx < kernelWidth; dx++) {
      for (let oy = 0; oy < outputHeight; oy++) {
        for (let ox = 0; ox < outputWidth; ox++) {
          const y = oy * layer.strides[0] + dy - top;
          const x = ox * layer.strides[1] + dx - left;
          if (y < 0 || x < 0 || y >= height || x >= width) continue;
          for (let channel = 0; channel < channels; channel++) {
            rows[(dy * kernelWidth + dx) * channels + channel]! += means[(y * width + x) * channels + channel]!;
          }
        }
      }
    }
  }
  return rows.map((sum) => sum / (outputHeight * outputWidth));
}

/**
 * b' = b + Σ_u W_out,u · E[h_u] over the units u that the masks remove: the best constant stand-in for a unit, in mean
 * square; of a channel over its positions too. To be called before the masks are applied.
 */
export function balanceBiases(model: PolicyModel, masks: Masks, statistics: ActivationStatistics): PolicyModel {
  const { network } = model.description;
  const placed = new Map(allLayers(placeNetwork(network)).map((layer) => [layer.layer.name, layer]));
  const parameters = cloneParameters(model.parameters);
  for (const group of unitGroups(network)) {
    const kept = masks[biasName(group.layer)];
    if (kept === undefined) continue;
    for (const reader of group.consumers) {
      const means = meanOfRows(placed.get(reader.layer)!, statistics.inputs[reader.layer]!.mean);
      const kernel = model.parameters[kernelName(reader.layer)]!;
      const bias = parameters[biasName(reader.layer)]!;
      for (let i = 0; i < kernel.length; i++) {
        const row = Math.floor(i / reader.units);
        if (kept[row % group.units] === 0) bias[i % reader.units]! += kernel[i]! * means[row]!;
      }
    }
  }
  return { ...model, parameters };
}
