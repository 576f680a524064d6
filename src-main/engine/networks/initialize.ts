// Fresh parameters, as PyTorch initialises its layers.
import type { NetworkSpecification } from '../../contract/network.ts';
import type { Random } from '../random/random.ts';
import { allLayers, biasName, kernelName, layerParameterShapes, placeNetwork, sizeOf } from './shapes.ts';

/**
 * Kernels and biases uniform in ±1/√fanIn: torch.nn.Linear and Conv2d, which is Kaiming uniform with a = √5
 * (He et al. 2015, eq. 10) for the kernel.
 */
export function initializeParameters(network: NetworkSpecification, random: Random): Record<string, Float32Array> {
  const parameters: Record<string, Float32Array> = {};
  for (const placed of allLayers(placeNetwork(network))) {
    const shapes = layerParameterShapes(placed);
    if (shapes === null) continue;
    const bound = 1 / Math.sqrt(sizeOf(shapes.kernel.slice(0, -1)));
    const draw = (): number => random.between(-bound, bound);
    parameters[kernelName(placed.layer.name)] = Float32Array.from({ length: sizeOf(shapes.kernel) }, draw);
    parameters[biasName(placed.layer.name)] = Float32Array.from({ length: sizeOf(shapes.bias) }, draw);
  }
  return parameters;
}
