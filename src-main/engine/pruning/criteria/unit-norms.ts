// Norms of what enters and what leaves a unit.
import { kernelName } from '../../networks/shapes.ts';
import type { UnitScoreInput } from './criterion.ts';

/**
 * ‖W_in,u‖_p of every unit: the p-norm of its column of its own kernel, the bias left out.
 * @param power 1 or 2
 */
export function incomingNorms({ group, parameters }: UnitScoreInput, power: 1 | 2): Float32Array {
  const kernel = parameters[kernelName(group.layer)]!;
  const norms = new Float32Array(group.units);
  for (let i = 0; i < kernel.length; i++) norms[i % group.units]! += Math.abs(kernel[i]!) ** power;
  return power === 1 ? norms : norms.map(Math.sqrt);
}

/** ‖W_out,u‖_p of every unit: the p-norm of its rows in all the kernels that read it. */
export function outgoingNorms({ group, parameters }: UnitScoreInput, power: 1 | 2): Float32Array {
  const norms = new Float32Array(group.units);
  for (const consumer of group.consumers) {
    const kernel = parameters[kernelName(consumer.layer)]!;
    for (let i = 0; i < kernel.length; i++) {
      norms[Math.floor(i / consumer.units) % group.units]! += Math.abs(kernel[i]!) ** power;
    }
  }
  return power === 1 ? norms : norms.map(Math.sqrt);
}
