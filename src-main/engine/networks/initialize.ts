// Fresh parameters, as PyTorch initialises its layers.
import type { NetworkSpecification } from '../../contract/network.ts';
import type { Random } from '../random/random.ts';
import { allLayers, biasName, kernelName, layerParameterShapes, placeNetwork, sizeOf } from './shapes.ts';

/** Half the range that the weights and the bias of a unit with so many inputs are drawn from. */
export const initialBound = (inputs: number): number => 1 / Math.sqrt(inputs);

/**
 * Kernels and biases uniform in ±1/√fanIn: torch.nn.Linear and Conv2d, which is Kaiming uniform with a = √5
 * (He et al. 2015, eq. 10) for the kernel.
 */
export function initializeParameters(network: NetworkSpecification, random: Random): Record<string, Float32Array> {
  const parameters: Record<string, Float32Array> = {};
  for (const placed of allLayers(placeNetwork(network))) {
    const shapes = layerParameterShapes(placed);
    if (shapes === null) continue;
    const bound = initialBound(sizeOf(shapes.kernel.slice(0, -1)));
    const draw = (): number => random.between(-bound, bound);
    parameters[kernelName(placed.layer.name)] = Float32Array.from({ length: sizeOf(shapes.kernel) }, draw);
    parameters[biasName(placed.layer.name)] = Float32Array.from({ length: sizeOf(shapes.bias) }, draw);
  }
  return parameters;
}

/**
 * A kernel [inputs, units] whose shorter side is orthonormal, times `gain` (Saxe et al. 2014): torch.nn.init.orthogonal_.
 * Gram–Schmidt of normal draws, twice over each for its rounding.
 */
export function orthogonalKernel(
  { inputs, units, gain }: { readonly inputs: number; readonly units: number; readonly gain: number },
  random: Random,
): Float32Array {
  const [count, length] = inputs < units ? [inputs, units] : [units, inputs];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const earlier of [...vectors, ...vectors]) {
      let overlap = 0;
      for (let i = 0; i < length; i++) overlap += vector[i]! * earlier[i]!;
      for (let i = 0; i < length; i++) vector[i]! -= overlap * earlier[i]!;
    }
    const norm = Math.hypot(...vector);
    vectors.push(vector.map((value) => value / norm));
  }
  const at = (input: number, unit: number): number =>
    inputs < units ? vectors[input]![unit]! : vectors[unit]![input]!;
  return Float32Array.from({ length: inputs * units }, (_, i) => gain * at(Math.floor(i / units), i % units));
}
