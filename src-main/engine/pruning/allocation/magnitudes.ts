import type { Parameters } from '../../networks/parameters.ts';
import { kernelName } from '../../networks/shapes.ts';
import type { AllocationLayer } from './allocation.ts';

/** |w| of every weight; where the layer counts units, ‖w‖₂ over the weights that enter each. */
function magnitudesOf(layer: AllocationLayer, parameters: Parameters): Float32Array {
  const weights = parameters[layer.name];
  if (weights !== undefined) return weights.map(Math.abs);
  const squares = new Float64Array(layer.size);
  parameters[kernelName(layer.name)]!.forEach((w, i) => (squares[i % layer.size]! += w * w));
  return Float32Array.from(squares, Math.sqrt);
}

/** The layers with the magnitudes of their elements; what has them already is as it was. */
export function withMagnitudes(layers: readonly AllocationLayer[], parameters: Parameters): AllocationLayer[] {
  return layers.map((layer) =>
    layer.magnitudes === undefined ? { ...layer, magnitudes: magnitudesOf(layer, parameters) } : layer,
  );
}
