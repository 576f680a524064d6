// NatureCNN, the image features extractor of Stable-Baselines3 (Mnih et al. 2015): three convolutions and a dense layer.
import type { Layer } from '../../../contract/network.ts';
import { windowOutput, type Shape } from '../../networks/shapes.ts';
import { InconsistentAgentError, UnsupportedModelError } from './errors.ts';
import { joinStacks, readConv2d, readDense, type LayerStack } from './layers.ts';
import type { StateDict } from './state-dict.ts';

const CONVOLUTIONS = [
  { index: 0, kernel: 8, stride: 4 },
  { index: 2, kernel: 4, stride: 2 },
  { index: 4, kernel: 3, stride: 1 },
] as const;

/**
 * The layers conv_1, conv_2, conv_3, flatten and features.
 * @param options.key "features_extractor." or where else it lies.
 * @param options.scope put before the layers' names.
 * @param options.input [height, width, channels]
 */
export function readNatureCnn(options: { weights: StateDict; key: string; scope: string; input: Shape }): LayerStack {
  const { weights, key, scope, input } = options;
  let [height, width, channels] = input as [number, number, number];
  const convolutions = CONVOLUTIONS.map(({ index, kernel, stride }, i) => {
    const convKey = `${key}cnn.${index}`;
    const conv = readConv2d({ weights, key: convKey, name: `${scope}conv_${i + 1}`, stride, activation: 'relu' });
    const layer = conv.layers[0] as Extract<Layer, { kind: 'conv2d' }>;
    const { shape } = weights.take(`${convKey}.weight`, 4);
    if (layer.kernelSize.some((size) => size !== kernel)) {
      throw new UnsupportedModelError(
        weights.file,
        `a features extractor with kernels of ${layer.kernelSize.join('×')}`,
      );
    }
    if (shape[1] !== channels) {
      throw new InconsistentAgentError(weights.file, `"${convKey}" takes ${shape[1]} channels, it gets ${channels}`);
    }
    height = windowOutput(height, kernel, stride, 'valid');
    width = windowOutput(width, kernel, stride, 'valid');
    channels = layer.filters;
    return conv;
  });
  const flatten: LayerStack = { layers: [{ kind: 'flatten', name: `${scope}flatten` }], parameters: {} };
  const flattened = [height, width, channels];
  const features = { weights, key: `${key}linear.0`, name: `${scope}features`, activation: 'relu', flattened } as const;
  return joinStacks(...convolutions, flatten, readDense(features));
}
