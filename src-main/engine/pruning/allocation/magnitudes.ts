import type { Parameters } from '../../networks/parameters.ts';
import { kernelName } from '../../networks/shapes.ts';
import type { AllocationLayer } from './allocation.ts';

/** |w| of every weight; where the layer counts units, ‖w‖₂ over the weights that enter each. */
export function magnitudesOf(layer: AllocationLayer, parameters: Parameters): Float32Array {
  const weights = parameters[layer.name];
  if (weights !== undefined) return weights.map(Math.abs);
  const squares = new Float64Array(layer.size);
  parameters[kernelName(layer.name)]!.forEach((w, i) => (squares[i % layer.size]! += w * w));
  return Float32Array.from(squares, Math.sqrt);
}
